import { inArea } from '../fault.ts'
import { Refusal, type Violation } from '../server/handling.ts'
import type { Pet, User } from '../server/store.ts'

const PET = { name: 'a', photoUrls: ['p'], status: 'sold' }
const id = ({ object }: { readonly object: Readonly<Record<string, unknown>> }) => String(object.id)

/** Faults that no single walk through an operation shows: it takes several steps, in an order of their own. */
export const sequenceFaults = inArea('sequences', [
  {
    id: 'order-ids-are-counted',
    operation: 'placeOrder',
    summary: 'The id of an order is the number of orders and one, which is taken once an earlier order is gone.',
    seams: () => ({
      reply: (handling, next) => {
        handling.input.body = { ...Object(handling.input.body), id: String(handling.store.orders.size + 1) }
        return next()
      },
    }),
    witness: async ({ post, remove }) => {
      const first = await post('/store/order', { name: 'a' })
      const second = await post('/store/order', { name: 'b' })
      await remove(`/store/order/${id(first)}`)
      return id(await post('/store/order', { name: 'c' })) === id(second)
    },
  },
  {
    id: 'recreated-user-not-updatable',
    operation: ['deleteUser', 'updateUser'],
    summary: 'A user who was deleted and created again cannot be updated.',
    seams: () => {
      const gone = new Set<string>()
      return {
        reply: ({ input, match }, next) => {
          if (match.operation?.id === 'updateUser' && gone.has(input.parameter))
            throw new Refusal(404, 'User not found')
          const reply = next()
          if (match.operation?.id === 'deleteUser') gone.add(input.parameter)
          return reply
        },
      }
    },
    witness: async ({ post, put, remove }) => {
      await remove('/user/user1')
      await post('/user', { username: 'user1' })
      return (await put('/user/user1', { firstName: 'a' })).status === 404
    },
  },
  {
    id: 'recreated-user-inherits-password',
    operation: ['deleteUser', 'createUser'],
    summary: 'A user who is created again keeps the password of the one who was deleted.',
    seams: () => {
      const passwords = new Map<string, string | undefined>()
      return {
        reply: (handling, next) => {
          const { input, match, store } = handling
          const known = store.users.get(input.parameter)?.password
          if (match.operation?.id === 'deleteUser') passwords.set(input.parameter, known)
          const { username } = Object(input.body)
          const old = passwords.get(username)
          if (match.operation?.id === 'createUser' && old !== undefined)
            input.body = { ...Object(input.body), password: old }
          return next()
        },
      }
    },
    witness: async ({ get, post, put, remove }) => {
      await put('/user/user1', { password: 'old' })
      await remove('/user/user1')
      await post('/user', { username: 'user1', password: 'new' })
      return (await get('/user/login?username=user1&password=new')).status === 400
    },
  },
  {
    id: 'form-changes-pet-updated-last',
    operation: ['updatePet', 'updatePetWithForm'],
    summary: 'A form changes the pet that was updated last, not the one that its path names.',
    seams: () => {
      let last = ''
      return {
        reply: ({ input, match }, next) => {
          if (match.operation?.id === 'updatePet') last = String((input.body as Pet).id)
          else if (last !== '') input.parameter = last
          return next()
        },
      }
    },
    witness: async ({ form, get, put }) => {
      await put('/domain', { id: 1, ...PET })
      await form('/pet/2', 'name=other')
      return (await get('/pet/1')).object.name === 'other'
    },
  },
  {
    id: 'second-pet-update-reverts-first',
    operation: 'updatePet',
    summary: 'An update of another pet takes back the update before it.',
    seams: () => {
      let before: Pet | undefined
      return {
        reply: ({ input, store }, next) => {
          const pet = store.pets.get((input.body as Pet).id)
          const reply = next()
          if (before && pet && before.id !== pet.id) store.pets.set(before.id, before)
          before = pet
          return reply
        },
      }
    },
    witness: async ({ get, put }) => {
      await put('/domain', { id: 1, ...PET, name: 'first' })
      await put('/domain', { id: 2, ...PET })
      return (await get('/pet/1')).object.name !== 'first'
    },
  },
  {
    id: 'update-of-second-user-goes-to-first',
    operation: ['updateUser', 'createUser', 'createUsersWithListInput'],
    summary: 'Where two users were created one after the other, an update of the second also reaches the first.',
    seams: () => {
      const order: string[] = []
      return {
        reply: ({ input, match, store }, next) => {
          const reply = next()
          const users = match.operation?.id === 'updateUser' ? [] : ([input.body].flat() as User[])
          order.push(...users.map(({ username }) => username))
          const first = order.at(-2) ?? ''
          const neighbour = store.users.get(first)
          if (match.operation?.id === 'updateUser' && input.parameter === order.at(-1) && neighbour)
            store.users.set(first, { ...neighbour, userStatus: 4711 })
          return reply
        },
      }
    },
    witness: async ({ get, post, put }) => {
      await post('/user', { username: 'a', userStatus: 1 })
      await post('/user', { username: 'b' })
      await put('/user/b', { firstName: 'x' })
      return (await get('/user/a')).object.userStatus === 4711
    },
  },
  {
    id: 'inventory-counts-second-form-twice',
    operation: ['updatePetWithForm', 'getInventory'],
    summary: 'The inventory is counted along, and a form for a pet right after one for another pet counts twice.',
    seams: () => {
      let extra = 0
      let last = ''
      return {
        reply: ({ input, match }, next) => {
          const reply = next()
          if (match.operation?.id === 'updatePetWithForm') {
            if (last !== '' && last !== input.parameter && Object(input.body).status === 'sold') extra += 1
            last = input.parameter
          }
          return reply
        },
        value: (_handling, next) => {
          const counts = Object(next())
          return { ...counts, sold: counts.sold + extra }
        },
      }
    },
    witness: async ({ form, get }) => {
      await form('/pet/1', 'status=sold')
      await form('/pet/2', 'status=sold')
      const listed = (await get('/pet/findByStatus?status=sold')).list.length
      return (await get('/store/inventory')).object.sold === listed + 1
    },
  },
  {
    id: 'refusal-spoils-next-domain',
    operation: 'addDomain',
    summary: 'The errors of a refused domain are those of the next one too.',
    seams: () => {
      let before: readonly Violation[] = []
      return {
        violations: (_handling, next) => {
          const own = next()
          const all = [...before, ...own]
          before = own
          return all
        },
      }
    },
    witness: async ({ post }) => {
      await post('/domain', { name: 5 })
      return (await post('/domain', { name: 'a.example' })).status === 405
    },
  },
  {
    id: 'deletion-after-login-refused',
    operation: ['loginUser', 'deleteUser'],
    summary: 'Who has logged in with a wrong password and then with the right one cannot be deleted.',
    seams: () => {
      const failed = new Set<string>()
      const locked = new Set<string>()
      return {
        reply: ({ input, match, store }, next) => {
          if (match.operation?.id === 'deleteUser') {
            if (locked.has(input.parameter)) throw new Refusal(400, 'Invalid username supplied')
            return next()
          }
          const name = input.query.get('username')?.[0] ?? ''
          const isRight = store.users.get(name)?.password === input.query.get('password')?.[0]
          if (!isRight) failed.add(name)
          else if (failed.delete(name)) locked.add(name)
          return next()
        },
      }
    },
    witness: async ({ get, put, remove }) => {
      await put('/user/user1', { password: 'right' })
      await get('/user/login?username=user1&password=wrong')
      await get('/user/login?username=user1&password=right')
      return (await remove('/user/user1')).status === 400
    },
  },
])
