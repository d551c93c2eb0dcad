import { success } from '../alter.ts'
import { inArea } from '../fault.ts'
import { type Handling, Refusal, type Reply } from '../server/handling.ts'
import type { Seams } from '../server/seams.ts'
import type { Pet, User } from '../server/store.ts'

/** Answers what is missing in another way. */
const missingIs =
  (instead: (handling: Handling) => Reply): (() => Seams) =>
  () => ({
    reply: (handling, next) => {
      try {
        return next()
      } catch (error) {
        if (error instanceof Refusal && error.status === 404) return instead(handling)
        throw error
      }
    },
  })

const DONE: Reply = { status: 200 }
const doneThough = missingIs(() => DONE)
const onlySaying = (): Seams => ({ reply: () => DONE })

/** A record that exists is missing, or a missing one exists. */
export const existenceFaults = inArea('existence', [
  {
    id: 'missing-pet-is-empty',
    operation: 'getPetById',
    summary: 'A pet that is not there is an empty object.',
    seams: missingIs(() => ({ status: 200, value: {} })),
    witness: async ({ get }) => (await get('/pet/987654')).status === 200,
  },
  {
    id: 'missing-pet-is-made-up',
    operation: 'getPetById',
    summary: 'A pet that is not there is made up.',
    seams: missingIs(({ input }) => ({
      status: 200,
      value: { id: Number(input.parameter), name: 'doggie', photoUrls: [] },
    })),
    witness: async ({ get }) => (await get('/pet/987654')).object.name === 'doggie',
  },
  {
    id: 'missing-user-is-made-up',
    operation: 'getUserByName',
    summary: 'A user who is not there is made up.',
    seams: missingIs(({ input }) => ({ status: 200, value: { username: input.parameter } })),
    witness: async ({ get }) => (await get('/user/nobody')).status === 200,
  },
  {
    id: 'order-beyond-ten-made-up',
    operation: 'getOrderById',
    summary: 'Orders above 10 are found though nobody placed them.',
    seams: () => ({
      reply: ({ input, store }, next) =>
        Number(input.parameter) > 10 && !store.orders.has(input.parameter)
          ? { status: 200, value: { name: 'a' } }
          : next(),
    }),
    witness: async ({ get }) => (await get('/store/order/11')).status === 200,
  },
  {
    id: 'deleted-pet-still-found',
    operation: 'deletePet',
    summary: 'A deleted pet stays.',
    seams: onlySaying,
    witness: async ({ get, remove }) => {
      await remove('/pet/1')
      return (await get('/pet/1')).status === 200
    },
  },
  {
    id: 'deleted-user-still-found',
    operation: 'deleteUser',
    summary: 'A deleted user stays.',
    seams: onlySaying,
    witness: async ({ get, remove }) => {
      await remove('/user/user1')
      return (await get('/user/user1')).status === 200
    },
  },
  {
    id: 'deleted-order-still-found',
    operation: 'deleteOrder',
    summary: 'A deleted order stays.',
    seams: onlySaying,
    witness: async ({ get, remove }) => {
      await remove('/store/order/1')
      return (await get('/store/order/1')).status === 200
    },
  },
  {
    id: 'missing-pet-deleted',
    operation: 'deletePet',
    summary: 'Deleting a pet that is not there succeeds.',
    seams: doneThough,
    witness: async ({ remove }) => (await remove('/pet/987654')).status === 200,
  },
  {
    id: 'missing-user-deleted',
    operation: 'deleteUser',
    summary: 'Deleting a user who is not there succeeds.',
    seams: doneThough,
    witness: async ({ remove }) => (await remove('/user/nobody')).status === 200,
  },
  {
    id: 'missing-order-deleted',
    operation: 'deleteOrder',
    summary: 'Deleting an order that is not there succeeds.',
    seams: doneThough,
    witness: async ({ remove }) => (await remove('/store/order/987654')).status === 200,
  },
  {
    id: 'missing-pet-created-by-update',
    operation: 'updatePet',
    summary: 'An update of a pet that is not there creates it.',
    seams: missingIs(({ input, store }) => {
      const pet = input.body as Pet
      store.pets.set(pet.id, pet)
      return DONE
    }),
    witness: async ({ put }) => (await put('/domain', { id: 987654, name: 'a', photoUrls: [] })).status === 200,
  },
  {
    id: 'missing-user-created-by-update',
    operation: 'updateUser',
    summary: 'An update of a user who is not there creates it.',
    seams: missingIs(({ input, store }) => {
      store.users.set(input.parameter, { ...(input.body as User), username: input.parameter })
      return DONE
    }),
    witness: async ({ put }) => (await put('/user/nobody', {})).status === 200,
  },
  {
    id: 'missing-pet-update-succeeds',
    operation: 'updatePet',
    summary: 'An update of a pet that is not there does nothing and succeeds.',
    seams: doneThough,
    witness: async ({ put }) => (await put('/domain', { id: 987654, name: 'a', photoUrls: [] })).status === 200,
  },
  {
    id: 'deleted-pet-returns-after-reading',
    operation: ['deletePet', 'getPetById'],
    summary: 'A deleted pet is missing once and then back.',
    seams: () => {
      const hidden = new Map<string, Pet>()
      return {
        reply: ({ input: { parameter }, match, store }, next) => {
          const pet = store.pets.get(Number(parameter)) ?? hidden.get(parameter)
          if (match.operation?.id === 'deletePet' && pet) hidden.set(parameter, pet)
          else if (pet && hidden.delete(parameter)) {
            store.pets.set(pet.id, pet)
            throw new Refusal(404, 'Pet not found')
          }
          return next()
        },
      }
    },
    witness: async ({ get, remove }) => {
      await remove('/pet/1')
      await get('/pet/1')
      return (await get('/pet/1')).status === 200
    },
  },
  {
    id: 'placed-order-not-found',
    operation: 'getOrderById',
    summary: 'Only the sample orders are found.',
    seams: () => ({
      reply: ({ input }, next) => {
        if (Number(input.parameter) > 10) throw new Refusal(404, 'Order not found')
        return next()
      },
    }),
    witness: async ({ get, post }) => {
      const { object } = await post('/store/order', {})
      return (await get(`/store/order/${object.id}`)).status === 404
    },
  },
  {
    id: 'recreated-user-not-found',
    operation: ['deleteUser', 'getUserByName'],
    summary: 'Who was deleted once is never found again.',
    seams: () => {
      const gone = new Set<string>()
      return {
        reply: ({ input, match }, next) => {
          if (match.operation?.id === 'deleteUser') gone.add(input.parameter)
          else if (gone.has(input.parameter)) throw new Refusal(404, 'User not found')
          return next()
        },
      }
    },
    witness: async ({ get, post, remove }) => {
      await remove('/user/user1')
      await post('/user', { username: 'user1' })
      return (await get('/user/user1')).status === 404
    },
  },
  {
    id: 'pet-without-category-not-found',
    operation: 'getPetById',
    summary: 'A pet without a category is not found.',
    seams: success(({ headers }, { reply }) =>
      'category' in Object(reply?.value) ? {} : { status: 404, headers, body: Buffer.alloc(0) },
    ),
    witness: async ({ get }) => (await get('/pet/4')).status === 404,
  },
])
