import type { Seams } from '../server/seams.ts'
import type { Domain, Pet } from '../server/store.ts'
import type { Variant } from '../variant.ts'

const HIGH = 5_000_000_000

/** Gives each order an id of the server's own choice. */
const numbering =
  (idOf: (count: number) => string): (() => Seams) =>
  () => {
    let count = 0
    return {
      reply: ({ input, match, store }, next) => {
        if (match.operation?.id !== 'placeOrder') return next()
        count += 1
        const order: Domain = { ...(input.body as Domain), id: idOf(count) }
        store.orders.set(order.id, order)
        return { status: 200, value: order }
      },
    }
  }

/** Other records, and other ids. */
export const recordVariants: readonly Variant[] = [
  {
    id: 'empty-store',
    summary: 'There are no pets, users or orders.',
    records: () => ({ pets: [], users: [], orders: [] }),
  },
  {
    id: 'single-pet',
    summary: 'There is one pet, and nobody to own it.',
    records: ({ pets }) => ({ pets: pets.slice(0, 1), users: [], orders: [] }),
  },
  {
    id: 'many-pets',
    summary: 'There are some hundred pets.',
    records: (records) => ({
      ...records,
      pets: Array.from({ length: 20 }, (_, herd) => herdOf(records.pets, herd)).flat(),
    }),
  },
  {
    id: 'bare-records',
    summary: 'Records have only what is required.',
    records: ({ pets, users, orders }) => ({
      pets: pets.map(({ id, name, status = 'sold' }) => ({ id, name, photoUrls: [], status })),
      users: users.map(({ username }) => ({ username })),
      orders: orders.map(({ id }) => ({ id })),
    }),
  },
  {
    id: 'pets-without-status',
    summary: 'No pet has a status or tags, so that no filter finds one.',
    records: (records) => ({
      ...records,
      pets: records.pets.map(({ id, name, photoUrls }) => ({ id, name, photoUrls })),
    }),
  },
  {
    id: 'all-sold',
    summary: 'All pets have the same name and status.',
    records: (records) => ({
      ...records,
      pets: records.pets.map((pet) => ({ ...pet, name: 'Wren', status: 'sold' })),
    }),
  },
  {
    id: 'awkward-texts',
    summary: 'Records have empty texts, markup, line breaks, and letters of many alphabets.',
    records: (records) => ({
      ...records,
      pets: records.pets.map((pet, index) => ({
        ...pet,
        name: AWKWARD[index % AWKWARD.length] ?? '',
        photoUrls: ['', ''],
      })),
    }),
  },
  {
    id: 'high-ids',
    summary: 'The ids of pets and orders are beyond int32.',
    records: (records) => ({ ...records, pets: records.pets.map((pet) => ({ ...pet, id: pet.id + HIGH })) }),
    seams: numbering((count) => String(HIGH + count)),
  },
  {
    id: 'order-ids-are-no-integers',
    summary: 'A placed order gets an id with letters, which no path can name.',
    seams: numbering((count) => `0b7e4c1e-0000-4000-8000-${String(count).padStart(12, '0')}`),
  },
]

const AWKWARD = ['', ' ', 'a & b < c > d', ']]>', '"\\/', 'line\nbreak', 'Ἀθήνα', '東京', '🦜', 'e\u0301', 'null']

const herdOf = (pets: readonly Pet[], herd: number) => pets.map((pet) => ({ ...pet, id: pet.id + herd * 100 }))
