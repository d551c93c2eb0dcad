import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { PetStatus, StoredPet } from '../model.ts'
import type { Baseline, PetSource } from './baseline.ts'
import { createStore, type Store } from './store.ts'

const STATUSES: readonly PetStatus[] = ['available', 'pending', 'sold']
const TAGS = ['a', 'b', 'c']

const fixturePet = (id: number): StoredPet => ({
  id,
  name: `pet ${id}`,
  photoUrls: [],
  status: STATUSES[id % 3] as PetStatus,
  tags: [{ name: TAGS[id % 2] as string }],
})

function sourceOf(count: number, onMake: (id: number) => void = () => {}): PetSource {
  return {
    count,
    status: (id) => fixturePet(id).status,
    tags: (id) => [TAGS[id % 2] as string],
    make: (id) => {
      onMake(id)
      return fixturePet(id)
    },
  }
}

const baseline = (pets: PetSource): Baseline => ({ pets, users: [], domains: [], orders: [{ id: '10' }] })

/** What a store must give, computed the slow way. */
const plain = (pets: Map<number, StoredPet>) => {
  const sorted = [...pets.values()].sort((a, b) => a.id - b.id)
  return {
    all: sorted,
    soldOrPending: sorted.filter(({ status }) => status === 'sold' || status === 'pending'),
    tagged: sorted.filter(({ tags }) => tags?.some(({ name }) => name === 'a' || name === 'c')),
    inventory: Object.fromEntries(
      STATUSES.map((status) => [status, sorted.filter((pet) => pet.status === status).length]),
    ),
  }
}

const seen = ({ pets }: Store) => ({
  all: [...pets.values()],
  soldOrPending: pets.byStatus(['sold', 'pending']),
  tagged: pets.byTags(['a', 'c']),
  inventory: pets.inventory(),
})

const step = fc.record({
  world: fc.nat(),
  kind: fc.constantFrom('put', 'put', 'delete', 'fork'),
  id: fc.integer({ min: 1, max: 12 }),
  status: fc.constantFrom(undefined, ...STATUSES),
  tags: fc.subarray(TAGS),
})

test('forks of a store behave like maps that never meet', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const first = {
        store: createStore(baseline(sourceOf(10))),
        model: new Map(Array.from({ length: 10 }, (_, index) => [index + 1, fixturePet(index + 1)])),
      }
      const worlds = [first]
      for (const { world, kind, id, status, tags } of steps) {
        const { store, model } = worlds[world % worlds.length] ?? first
        const pet: StoredPet = {
          id,
          name: 'x',
          photoUrls: [],
          tags: tags.map((name) => ({ name })),
          ...(status && { status }),
        }
        if (kind === 'fork') worlds.push({ store: store.fork(), model: new Map(model) })
        if (kind === 'put') {
          store.pets.put(pet)
          model.set(id, pet)
        }
        if (kind === 'delete') expect(store.pets.delete(id)).toBe(model.delete(id))
      }
      for (const { store, model } of worlds) expect(seen(store)).toEqual(plain(model))
    }),
    { numRuns: 300 },
  )
})

test('a find makes the pets that it gives, and no other', () => {
  const made: number[] = []
  const { pets } = createStore(baseline(sourceOf(10_000, (id) => made.push(id))))
  expect(pets.inventory()).toEqual({ available: 3333, pending: 3334, sold: 3333 })
  expect(made).toEqual([])
  for (const pet of pets.byStatus(['sold'])) if (pet.id > 6) pets.delete(pet.id)
  made.length = 0
  expect(pets.byStatus(['sold']).map(({ id }) => id)).toEqual([2, 5])
  expect(made).toEqual([])
})

test('a stored record keeps its identity until it is replaced, in forks too', () => {
  const store = createStore(baseline(sourceOf(3)))
  expect(store.fork().pets.get(2)).toBe(store.pets.get(2))
})

test('order numbers count up from the highest of the fixtures and skip what is taken', () => {
  const store = createStore(baseline(sourceOf(0)))
  store.orders.put({ id: '11' })
  store.orders.put({ id: '500' })
  expect([store.nextOrderNumber(), store.nextOrderNumber()]).toEqual([12, 13])
  expect(store.fork().nextOrderNumber()).toBe(14)
  expect(store.nextOrderNumber()).toBe(14)
})
