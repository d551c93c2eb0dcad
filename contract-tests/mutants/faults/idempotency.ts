import { crash } from '../alter.ts'
import { inArea } from '../fault.ts'
import { type Handling, Refusal } from '../server/handling.ts'
import type { Seams } from '../server/seams.ts'
import type { Pet } from '../server/store.ts'

/** Treats a request that came before, to the letter, in another way. */
const onRepeat =
  (act: (handling: Handling, next: () => { status: number }) => { status: number }): (() => Seams) =>
  () => {
    const seen = new Set<string>()
    return {
      reply: (handling, next) => {
        const { method, path, query, body } = handling.request
        const letter = `${method} ${path}?${query} ${body}`
        const isSeen = seen.has(letter)
        seen.add(letter)
        return isSeen ? act(handling, next) : next()
      },
    }
  }

const refusing = (status: number) =>
  onRepeat(() => {
    throw new Refusal(status, 'Again?')
  })

const PET = { id: 1, name: 'a', photoUrls: ['p'], status: 'sold', tags: [{ name: 'again' }] }

/** The same request twice does not come to the same. */
export const idempotencyFaults = inArea('idempotency', [
  {
    id: 'second-user-delete-fails',
    operation: 'deleteUser',
    summary: 'Deleting a user twice gives 500.',
    seams: crash(({ input, store, reply }) => reply === undefined && !store.users.has(input.parameter)),
    witness: async ({ remove }) => {
      await remove('/user/user1')
      return (await remove('/user/user1')).status === 500
    },
  },
  {
    id: 'second-pet-delete-fails',
    operation: 'deletePet',
    summary: 'Deleting a pet twice gives 500.',
    seams: refusing(500),
    witness: async ({ remove }) => {
      await remove('/pet/1')
      return (await remove('/pet/1')).status === 500
    },
  },
  {
    id: 'second-order-delete-succeeds',
    operation: 'deleteOrder',
    summary: 'Deleting an order twice succeeds twice.',
    seams: onRepeat(() => ({ status: 200 })),
    witness: async ({ remove }) => {
      await remove('/store/order/1')
      return (await remove('/store/order/1')).status === 200
    },
  },
  {
    id: 'second-equal-update-refused',
    operation: 'updatePet',
    summary: 'An update that changes nothing is refused.',
    seams: refusing(405),
    witness: async ({ put }) => {
      await put('/domain', PET)
      return (await put('/domain', PET)).status === 405
    },
  },
  {
    id: 'second-update-adds-photos',
    operation: 'updatePet',
    summary: 'Photos of the same update add up.',
    seams: onRepeat((handling, next) => {
      const pet = handling.input.body as Pet
      const { photoUrls = [] } = handling.store.pets.get(pet.id) ?? {}
      handling.input.body = { ...pet, photoUrls: [...photoUrls, ...pet.photoUrls] }
      return next()
    }),
    witness: async ({ get, put }) => {
      await put('/domain', PET)
      await put('/domain', PET)
      return JSON.stringify((await get('/pet/1')).object.photoUrls) === '["p","p"]'
    },
  },
  {
    id: 'second-update-lists-pet-twice',
    operation: ['updatePet', 'findPetsByTags'],
    summary: 'After two equal updates a pet is listed twice.',
    seams: () => {
      const updates: number[] = []
      return {
        reply: (handling, next) => {
          if (handling.match.operation?.id === 'updatePet') updates.push((handling.input.body as Pet).id)
          return next()
        },
        value: (_handling, next) => (next() as Pet[]).flatMap((pet) => copies(pet, updates)),
      }
    },
    witness: async ({ get, put }) => {
      await put('/domain', PET)
      await put('/domain', PET)
      return (await get('/pet/findByTags?tags=again')).list.length === 2
    },
  },
  {
    id: 'second-user-update-refused',
    operation: 'updateUser',
    summary: 'The same update of a user is not found the second time.',
    seams: refusing(404),
    witness: async ({ put }) => {
      await put('/user/user1', { email: 'a' })
      return (await put('/user/user1', { email: 'a' })).status === 404
    },
  },
  {
    id: 'second-reading-missing',
    operation: 'getPetById',
    summary: 'A pet that was read is not found the second time.',
    seams: refusing(404),
    witness: async ({ get }) => {
      await get('/pet/1')
      return (await get('/pet/1')).status === 404
    },
  },
  {
    id: 'readings-alternate',
    operation: 'getUserByName',
    summary: 'Every other reading gives the user as it was at first.',
    seams: () => {
      const first = new Map<string, unknown>()
      let readings = 0
      return {
        value: ({ input: { parameter } }, next) => {
          const user = next()
          if (!first.has(parameter)) first.set(parameter, user)
          readings += 1
          return readings % 2 === 1 ? first.get(parameter) : user
        },
      }
    },
    witness: async ({ get, put }) => {
      await get('/user/user1')
      await put('/user/user1', { email: 'fresh' })
      const emails = [await get('/user/user1'), await get('/user/user1')].map(({ object }) => object.email)
      return new Set(emails).size === 2
    },
  },
  {
    id: 'second-login-refused',
    operation: 'loginUser',
    summary: 'Who is logged in cannot log in.',
    seams: refusing(400),
    witness: async ({ get }) => {
      await get('/user/login?username=new&password=a')
      return (await get('/user/login?username=new&password=a')).status === 400
    },
  },
  {
    id: 'second-logout-fails',
    operation: 'logoutUser',
    summary: 'Logging out twice gives 500.',
    seams: refusing(500),
    witness: async ({ get }) => {
      await get('/user/logout')
      return (await get('/user/logout')).status === 500
    },
  },
  {
    id: 'second-form-clears-name',
    operation: 'updatePetWithForm',
    summary: 'The same form a second time empties the name.',
    seams: onRepeat((handling, next) => {
      handling.input.body = { ...Object(handling.input.body), name: '' }
      return next()
    }),
    witness: async ({ form, get }) => {
      await form('/pet/1', 'name=a')
      await form('/pet/1', 'name=a')
      return (await get('/pet/1')).object.name === ''
    },
  },
  {
    id: 'second-list-of-users-fails',
    operation: 'createUsersWithListInput',
    summary: 'The same list a second time gives 500.',
    seams: refusing(500),
    witness: async ({ post }) => {
      await post('/user/createWithList', [{ username: 'a' }])
      return (await post('/user/createWithList', [{ username: 'a' }])).status === 500
    },
  },
])

const copies = (pet: Pet, updates: readonly number[]) =>
  Array.from({ length: Math.max(1, updates.filter((id) => id === pet.id).length) }, () => pet)
