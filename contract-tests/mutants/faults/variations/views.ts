import type { FaultRow } from '../../fault.ts'
import { type Handling, Refusal, XML_TYPE } from '../../server/handling.ts'
import { itemsOf } from '../../server/query.ts'
import type { Seams } from '../../server/seams.ts'
import type { Domain, Pet } from '../../server/store.ts'

/** The answer that was given before the last write, for those who ask in the media type. */
const stale = (type: string) => (): Seams => {
  const shown = new Map<string, unknown>()
  return {
    value: (handling, next) => {
      const [now, { path }] = [next(), handling.request]
      if (handling.type !== type) return now
      const known = shown.get(path) ?? now
      shown.set(path, known)
      return known
    },
  }
}

/** Does something once, after so many more requests. */
const later = (requests: number, act: (handling: Handling) => () => void) => (): Seams => {
  const left: { turns: number; readonly act: () => void }[] = []
  return {
    reply: (handling, next) => {
      for (const one of left) {
        one.turns -= 1
        if (one.turns === 0) one.act()
      }
      const undo = act(handling)
      const reply = next()
      left.push({ turns: requests, act: undo })
      return reply
    },
  }
}

const nothing = () => {}

/** The same entity tag whatever the record is. */
const constantTag = (): Seams => ({
  answer: ({ request }, next) => {
    const answer = next()
    if (answer.status !== 200) return answer
    return request.headers['if-none-match'] === '"1"'
      ? { ...answer, status: 304, headers: { ETag: '"1"' }, body: Buffer.alloc(0) }
      : { ...answer, headers: { ...answer.headers, ETag: '"1"' } }
  },
})

export const viewFaults: readonly FaultRow[] = [
  {
    id: 'user-in-xml-is-cached',
    operation: 'getUserByName',
    summary: 'A user in XML is the one that was asked for first.',
    seams: stale(XML_TYPE),
    witness: async ({ getXml, put }) => {
      await getXml('/user/user1')
      await put('/user/user1', { username: 'user1', firstName: 'changed' })
      return !(await getXml('/user/user1')).text.includes('changed')
    },
  },
  {
    id: 'list-in-xml-is-cached',
    operation: 'findPetsByTags',
    summary: 'Pets of a tag in XML are those that were listed first.',
    seams: stale(XML_TYPE),
    witness: async ({ getXml, put }) => {
      await getXml('/pet/findByTags?tags=tag1')
      await put('/domain', { id: 1, name: 'changed', photoUrls: [], tags: [{ name: 'tag1' }] })
      return !(await getXml('/pet/findByTags?tags=tag1')).text.includes('changed')
    },
  },
  ...(
    [
      ['user', 'getUserByName', '/user/user1'],
      ['pet', 'getPetById', '/pet/1'],
      ['list', 'findPetsByStatus', '/pet/findByStatus?status=sold'],
      ['inventory', 'getInventory', '/store/inventory'],
    ] as const
  ).map(
    ([what, operation, path]): FaultRow => ({
      id: `tag-of-${what}-never-changes`,
      operation,
      summary: `The ETag of a ${what} is the same for ever, and its condition is met.`,
      seams: constantTag,
      witness: async ({ get }) => (await get(path, { headers: { 'if-none-match': '"1"' } })).status === 304,
    }),
  ),
  {
    id: 'deleted-pet-back-after-a-while',
    operation: ['deletePet', 'getPetById'],
    summary: 'A deleted pet is back after 1.5 s.',
    seams: () => {
      const gone = new Map<number, readonly [pet: Pet, at: number]>()
      return {
        reply: ({ match, input: { parameter }, store, now }, next) => {
          const id = Number(parameter)
          const [pet, at] = gone.get(id) ?? [store.pets.get(id), now()]
          if (match.operation?.id === 'deletePet' && pet) gone.set(id, [pet, now()])
          if (match.operation?.id === 'getPetById' && gone.has(id) && pet && now() - at > 1500) store.pets.set(id, pet)
          return next()
        },
      }
    },
    witness: async ({ get, remove }) => {
      await remove('/pet/1')
      await new Promise((resolve) => setTimeout(resolve, 1600))
      return (await get('/pet/1')).status === 200
    },
  },
  {
    id: 'deletion-of-user-undone-later',
    operation: ['deleteUser', 'getUserByName'],
    summary: 'A deleted user is back after some more requests.',
    seams: later(30, ({ match, input: { parameter }, store }) => {
      const user = match.operation?.id === 'deleteUser' ? store.users.get(parameter) : undefined
      return user ? () => void store.users.set(parameter, user) : nothing
    }),
    witness: async ({ get, remove }) => {
      await remove('/user/user1')
      for (let turn = 0; turn < 31; turn += 1) await get('/user/user1')
      return (await get('/user/user1')).status === 200
    },
  },
  {
    id: 'update-of-user-undone-later',
    operation: ['updateUser', 'getUserByName'],
    summary: 'An updated user is as before after some more requests.',
    seams: later(80, ({ match, input: { parameter }, store }) => {
      const user = match.operation?.id === 'updateUser' ? store.users.get(parameter) : undefined
      return user ? () => store.users.has(parameter) && void store.users.set(parameter, user) : nothing
    }),
    witness: async ({ get, put }) => {
      await put('/user/user1', { username: 'user1', firstName: 'changed' })
      for (let turn = 0; turn < 81; turn += 1) await get('/user/user1')
      return (await get('/user/user1')).object.firstName !== 'changed'
    },
  },
  {
    id: 'order-that-was-read-is-cached',
    operation: ['getOrderById', 'deleteOrder'],
    summary: 'An order keeps the name that it was first read with until it is deleted.',
    seams: () => {
      const names = new Map<string, unknown>()
      return {
        reply: ({ match, input: { parameter } }, next) => {
          const reply = next()
          if (match.operation?.id === 'deleteOrder') names.delete(parameter)
          else if (reply.status === 200) names.set(parameter, names.get(parameter) ?? reply.value)
          return match.operation?.id === 'deleteOrder' ? reply : { ...reply, value: names.get(parameter) }
        },
      }
    },
    witness: async ({ get, post }) => {
      await get('/store/order/1')
      await post('/store/order', { id: '1', name: 'changed' })
      return (await get('/store/order/1')).object.name !== 'changed'
    },
  },
  {
    id: 'deleted-order-returns-with-next',
    operation: ['deleteOrder', 'placeOrder'],
    summary: 'A deleted order is back once the next one is placed.',
    seams: () => {
      const gone = new Map<string, Domain>()
      return {
        reply: ({ match, input: { parameter }, store }, next) => {
          const order = store.orders.get(parameter)
          const reply = next()
          if (match.operation?.id === 'deleteOrder' && order) gone.set(parameter, order)
          else for (const [id, one] of gone) if (!store.orders.has(id)) store.orders.set(id, one)
          return reply
        },
      }
    },
    witness: async ({ get, post, remove }) => {
      await remove('/store/order/1')
      await post('/store/order', {})
      return (await get('/store/order/1')).status === 200
    },
  },
  {
    id: 'taken-tag-still-finds-pet',
    operation: ['updatePet', 'findPetsByTags'],
    summary: 'A tag that was taken from a pet still finds it.',
    seams: () => {
      const once = new Map<string, Set<number>>()
      return {
        reply: ({ match, input, store }, next) => {
          const reply = next()
          if (match.operation?.id === 'updatePet') {
            const { id, tags = [] } = input.body as Pet
            for (const { name = '' } of tags) once.set(name, (once.get(name) ?? new Set()).add(id))
            return reply
          }
          const wanted = itemsOf(input.query.get('tags')).flatMap((tag) => [...(once.get(tag) ?? [])])
          const found = [...store.pets.values()].filter(({ id }) => wanted.includes(id))
          return { ...reply, value: [...new Set([...(reply.value as Pet[]), ...found])] }
        },
      }
    },
    witness: async ({ get, put }) => {
      await put('/domain', { id: 1, name: 'a', photoUrls: [], tags: [{ name: 'once' }] })
      await put('/domain', { id: 1, name: 'a', photoUrls: [] })
      return (await get('/pet/findByTags?tags=once')).list.length === 1
    },
  },
  {
    id: 'pet-stays-in-list-of-old-status',
    operation: ['updatePetWithForm', 'findPetsByStatus'],
    summary: 'The list of one status still has a pet that got another status by a form.',
    seams: () => {
      const before = new Map<number, string>()
      return {
        reply: ({ match, input, store }, next) => {
          const id = Number(input.parameter)
          const { status = '' } = store.pets.get(id) ?? {}
          const reply = next()
          if (match.operation?.id === 'updatePetWithForm') before.set(id, status)
          const [wanted, ...others] = itemsOf(input.query.get('status'))
          if (wanted === undefined || others.length > 0) return reply
          const stale = [...store.pets.values()].filter((pet) => pet.status !== wanted && before.get(pet.id) === wanted)
          return { ...reply, value: [...(reply.value as Pet[]), ...stale.map((pet) => ({ ...pet, status: wanted }))] }
        },
      }
    },
    witness: async ({ get, form }) => {
      await form('/pet/1', 'status=sold')
      return (await get('/pet/findByStatus?status=pending')).list.some(({ id }) => id === 1)
    },
  },
  {
    id: 'password-of-first-login-is-cached',
    operation: 'loginUser',
    summary: 'The password of the first login of a user opens for ever, and no later one.',
    seams: () => {
      const known = new Map<string, string>()
      return {
        reply: ({ input: { query } }, next) => {
          const [name = '', password = ''] = ['username', 'password'].map((field) => query.get(field)?.[0] ?? '')
          const right = known.get(name)
          if (right !== undefined && right !== password) throw new Refusal(400, 'Invalid username/password supplied')
          if (right !== undefined) return { status: 200, value: 'again', headers: HEADERS_OF_LOGIN }
          const reply = next()
          known.set(name, password)
          return reply
        },
      }
    },
    witness: async ({ get, put }) => {
      await get('/user/login?username=user1&password=secret-1-1')
      await put('/user/user1', { password: 'changed' })
      return (await get('/user/login?username=user1&password=secret-1-1')).status === 200
    },
  },
]

const HEADERS_OF_LOGIN = { 'X-Rate-Limit': '5000', 'X-Expires-After': '2030-01-02T03:04:05Z' }
