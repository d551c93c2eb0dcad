import { value } from '../alter.ts'
import { inArea } from '../fault.ts'
import type { Seams } from '../server/seams.ts'
import type { Pet, User } from '../server/store.ts'

type Counts = Readonly<Record<string, number>>

/** Counts at the first request and never again. */
const countedOnce = (): Seams => {
  let counts: unknown
  return {
    value: (_handling, next) => {
      counts ??= next()
      return counts
    },
  }
}

const soldListed = async (get: (path: string) => Promise<{ list: readonly object[] }>) =>
  (await get('/pet/findByStatus?status=sold')).list.length

/** Counts as if the operation named here changed nothing. */
const countedBefore =
  (spoiling: string): (() => Seams) =>
  () => {
    let drift: Counts = {}
    const add = (status: string | undefined, by: number) => {
      if (status !== undefined) drift = { ...drift, [status]: (drift[status] ?? 0) + by }
    }
    return {
      reply: (handling, next) => {
        if (handling.match.operation?.id !== spoiling) return next()
        const id = Number(handling.input.parameter || (handling.input.body as Pet).id)
        const before = handling.store.pets.get(id)
        const reply = next()
        add(before?.status, 1)
        add(handling.store.pets.get(id)?.status, -1)
        return reply
      },
      value: (_handling, next) => {
        const counts = next() as Counts
        return Object.fromEntries(
          Object.entries(counts).map(([status, count]) => [status, count + (drift[status] ?? 0)]),
        )
      },
    }
  }

/** Two answers that cannot both be true. */
export const crossCheckFaults = inArea('cross-checks', [
  {
    id: 'inventory-counted-once',
    operation: 'getInventory',
    summary: 'The inventory never changes after it was first read.',
    seams: countedOnce,
    witness: async ({ get, form }) => {
      await get('/store/inventory')
      await form('/pet/1', 'status=sold')
      return (await get('/store/inventory')).object.sold !== (await soldListed(get))
    },
  },
  {
    id: 'inventory-misses-form-updates',
    operation: ['getInventory', 'updatePetWithForm'],
    summary: 'The inventory does not learn of a status that came by form.',
    seams: countedBefore('updatePetWithForm'),
    witness: async ({ get, form }) => {
      await form('/pet/1', 'status=sold')
      return (await get('/store/inventory')).object.sold !== (await soldListed(get))
    },
  },
  {
    id: 'inventory-misses-updates',
    operation: ['getInventory', 'updatePet'],
    summary: 'The inventory does not learn of a status that came by PUT.',
    seams: countedBefore('updatePet'),
    witness: async ({ get, put }) => {
      await put('/domain', { id: 1, name: 'a', photoUrls: [], status: 'sold' })
      return (await get('/store/inventory')).object.sold !== (await soldListed(get))
    },
  },
  {
    id: 'inventory-counts-deleted-pets',
    operation: ['getInventory', 'deletePet'],
    summary: 'The inventory still counts deleted pets.',
    seams: countedBefore('deletePet'),
    witness: async ({ get, remove }) => {
      await remove('/pet/2')
      return (await get('/store/inventory')).object.sold !== (await soldListed(get))
    },
  },
  {
    id: 'inventory-one-too-many',
    operation: 'getInventory',
    summary: 'Each quantity is one too high.',
    seams: value<Counts>((counts) =>
      Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, count + 1])),
    ),
    witness: async ({ get }) => (await get('/store/inventory')).object.sold !== (await soldListed(get)),
  },
  {
    id: 'inventory-swaps-two-statuses',
    operation: 'getInventory',
    summary: 'The quantities of sold and pending change places.',
    seams: value<Counts>(({ sold = 0, pending = 0, ...counts }) => ({ ...counts, sold: pending, pending: sold })),
    witness: async ({ get, form }) => {
      await form('/pet/1', 'status=sold')
      return (await get('/store/inventory')).object.sold !== (await soldListed(get))
    },
  },
  {
    id: 'list-and-pet-differ-in-name',
    operation: 'findPetsByStatus',
    summary: 'A name in a list is not that of the pet.',
    seams: value<Pet[]>((pets) => pets.map((pet) => ({ ...pet, name: pet.name.toUpperCase() }))),
    witness: async ({ get }) => {
      const [pet] = (await get('/pet/findByStatus?status=sold')).list
      return pet?.name !== (await get(`/pet/${pet?.id}`)).object.name
    },
  },
  {
    id: 'list-and-pet-differ-in-photos',
    operation: 'findPetsByTags',
    summary: 'A pet in a list has no photos.',
    seams: value<Pet[]>((pets) => pets.map((pet) => ({ ...pet, photoUrls: [] }))),
    witness: async ({ get }) => {
      const [pet] = (await get('/pet/findByTags?tags=tag1')).list
      return JSON.stringify(pet?.photoUrls) !== JSON.stringify((await get(`/pet/${pet?.id}`)).object.photoUrls)
    },
  },
  {
    id: 'pet-under-another-id',
    operation: 'getPetById',
    summary: 'The pet of one id says that it has another.',
    seams: value<Pet>((pet) => ({ ...pet, id: pet.id + 1000 })),
    witness: async ({ get }) => (await get('/pet/1')).object.id === 1001,
  },
  {
    id: 'user-under-another-name',
    operation: 'getUserByName',
    summary: 'The user of one name says that it has another.',
    seams: value<User>((user) => ({ ...user, username: `${user.username}.` })),
    witness: async ({ get }) => (await get('/user/user1')).object.username === 'user1.',
  },
  {
    id: 'order-reads-name-of-another',
    operation: 'getOrderById',
    summary: 'Reading an order gives the name of the first.',
    seams: value((_order, { store }) => ({ name: [...store.orders.values()][0]?.name })),
    witness: async ({ get, post }) => {
      const { object } = await post('/store/order', { name: 'mine' })
      return (await get(`/store/order/${object.id}`)).object.name !== 'mine'
    },
  },
  {
    id: 'inventory-rounded-to-tens',
    operation: 'getInventory',
    summary: 'Quantities are rounded down to tens.',
    seams: value<Counts>((counts) => roundDown(counts)),
    witness: async ({ get }) => (await get('/store/inventory')).object.sold !== (await soldListed(get)),
  },
])

const roundDown = (counts: Counts) =>
  Object.fromEntries(Object.entries(counts).map(([status, count]) => [status, count - (count % 10)]))
