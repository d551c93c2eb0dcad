import { isDeepStrictEqual } from 'node:util'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Order, PetStatus, StoredDomain, StoredPet, StoredUser } from '../../openapi/model.ts'
import type { PetSource, SeedData, Source } from './seed-data.ts'
import { createStore, type Store } from './store.ts'

const STATUSES = ['available', 'pending', 'sold'] as const
const TAGS = ['a', 'b', 'c']

const statusOf = (id: number): PetStatus => STATUSES[id % 3] ?? 'sold'
const tagOf = (id: number) => TAGS[id % 2] ?? ''
const fixturePet = (id: number): StoredPet => ({
  id,
  name: `pet ${id}`,
  photoUrls: [],
  status: statusOf(id),
  tags: [{ name: tagOf(id) }],
})

const numbersTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
const petsTo = (count: number, onMake: (id: number) => void = () => {}): PetSource => ({
  keys: numbersTo(count),
  status: statusOf,
  tags: (id) => [tagOf(id)],
  make: (id) => {
    onMake(id)
    return fixturePet(id)
  },
})
const orders: Source<number, Order> = { keys: [10], make: (number) => ({ id: String(number) }) }
const users: Source<string, StoredUser> = { keys: [], make: (username) => ({ username }) }
const domains: Source<string, StoredDomain> = { keys: [], make: (id) => ({ id }) }

const startWith = (pets: PetSource): Store => {
  const seedData: SeedData = { pets, users, domains, orders, counters: { order: 10, domain: 0 } }
  return createStore(seedData)
}

/** Enough pets for a tree of three levels, so that copies share parts of it. */
const MANY = 1200

interface HandlerContext {
  readonly store: Store
  readonly model: Map<number, StoredPet>
}

const step = fc.record({
  which: fc.nat(),
  kind: fc.constantFrom('put', 'put', 'delete', 'fork'),
  from: fc.integer({ min: 1, max: MANY + 100 }),
  count: fc.oneof(fc.constant(1), fc.nat({ max: 150 })),
  status: fc.option(fc.constantFrom(...STATUSES), { nil: undefined }),
  tags: fc.array(fc.constantFrom(...TAGS), { maxLength: 3 }),
})

const listed = (pets: Iterable<StoredPet>) => [...pets].map(({ id, name }) => `${id} ${name}`).join('\n')

/** The results that a store must give, computed the slow way. */
function expected(model: HandlerContext['model']) {
  const sorted = [...model.values()].sort((a, b) => a.id - b.id)
  const having = (status: PetStatus) => sorted.filter((pet) => pet.status === status).length
  return {
    size: model.size,
    all: listed(sorted),
    read: listed(sorted),
    soldOrPending: listed(sorted.filter(({ status }) => status === 'sold' || status === 'pending')),
    tagged: listed(sorted.filter(({ tags }) => tags?.some(({ name }) => name === 'a' || name === 'c'))),
    inventory: { available: having('available'), pending: having('pending'), sold: having('sold') },
  }
}

const given = ({ pets }: Store) => ({
  size: pets.size,
  all: listed(pets.values()),
  read: listed([...pets.keys()].flatMap((id) => pets.get(id) ?? [])),
  soldOrPending: listed(pets.byStatus(['sold', 'pending', 'sold'])),
  tagged: listed(pets.byTags(['a', 'c', 'unknown'])),
  inventory: pets.inventory(),
})

function plainDiff(from: HandlerContext['model'], to: HandlerContext['model']) {
  const having = (ids: Iterable<number>, has: (id: number) => boolean) => [...ids].filter(has).sort((a, b) => a - b)
  return {
    added: having(to.keys(), (id) => !from.has(id)),
    removed: having(from.keys(), (id) => !to.has(id)),
    changed: having(from.keys(), (id) => to.has(id) && !isDeepStrictEqual(from.get(id), to.get(id))),
  }
}

test('forks of a store behave, and differ, like maps that never meet', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const first: HandlerContext = {
        store: startWith(petsTo(MANY)),
        model: new Map(numbersTo(MANY).map((id) => [id, fixturePet(id)])),
      }
      const stores = [first]
      for (const [turn, { which, kind, from, count, status, tags }] of steps.entries()) {
        const { store, model } = stores[which % stores.length] ?? first
        if (kind === 'fork') {
          stores.push({ store: store.fork(), model: new Map(model) })
          continue
        }
        for (let id = from; id < from + count; id++) {
          const fields = { tags: tags.map((name) => ({ name })), ...(status && { status }) }
          const pet: StoredPet = { id, name: `put in turn ${turn}`, photoUrls: [], ...fields }
          if (kind === 'delete') expect(store.pets.delete(id)).toBe(model.delete(id))
          else {
            store.pets.put(pet)
            model.set(id, pet)
          }
        }
      }
      for (const { store, model } of stores) {
        expect(given(store)).toEqual(expected(model))
        expect(first.store.diff(store).pets).toEqual(plainDiff(first.model, model))
      }
    }),
    { numRuns: 60 },
  )
})

test('a find makes the pets that it gives, once, and no other', () => {
  const made: number[] = []
  const store = startWith(petsTo(10_000, (id) => made.push(id)))
  const fork = store.fork()
  expect(store.pets.inventory()).toEqual({ available: 3333, pending: 3334, sold: 3333 })
  for (const id of store.pets.keys()) if (id > 6) store.pets.delete(id)
  for (const id of [1, 2]) store.pets.put({ id, name: 'unseen before', photoUrls: [], status: 'pending' })
  expect(made).toEqual([])
  expect(store.pets.byStatus(['sold']).map(({ id }) => id)).toEqual([5])
  expect(store.pets.byTags(['b']).map(({ id }) => id)).toEqual([3, 5])
  expect(fork.pets.get(5)).toBe(store.pets.get(5))
  expect(made).toEqual([5, 3])
})

test('a record is the same object, in forks too, until another is put in its place', () => {
  const store = startWith(petsTo(3))
  const fork = store.fork()
  const pet = store.pets.get(2)
  fork.pets.put(fixturePet(2))
  expect(fork.pets.get(2)).not.toBe(pet)
  expect(store.pets.byStatus([statusOf(2)])).toContain(pet)
})

test('a record cannot be changed, whether it was made or put', () => {
  const { pets } = startWith(petsTo(1))
  pets.put(fixturePet(2))
  for (const pet of pets.values()) {
    expect(() => pet.photoUrls.push('https://images.example/x.jpg')).toThrow(TypeError)
    expect(() => Object.assign(pet.tags?.[0] ?? {}, { name: 'c' })).toThrow(TypeError)
    expect(() => Object.assign(pet, { status: 'sold' })).toThrow(TypeError)
  }
})

test('a record of any depth and width can be put', () => {
  let deep: unknown = 'core'
  for (let depth = 0; depth < 100_000; depth++) deep = [deep]
  const { pets } = startWith(petsTo(0))
  pets.put(Object.assign(fixturePet(1), { deep, wide: new Array(300_000).fill('x') }))
  expect(Object.isFrozen(pets.get(1))).toBe(true)
})

test('order numbers count up from the highest of the fixtures and skip what is taken', () => {
  const store = startWith(petsTo(0))
  store.orders.put({ id: '11' })
  store.orders.put({ id: '500' })
  expect([store.nextOrderNumber(), store.nextOrderNumber()]).toEqual([12, 13])
  expect(store.fork().nextOrderNumber()).toBe(14)
  expect(store.nextOrderNumber()).toBe(14)
})

test('a fork goes on with the numbers of its origin, and does not move them', () => {
  const store = startWith(petsTo(0))
  expect(store.nextDomainNumber()).toBe(1)
  const fork = store.fork()
  expect([fork.nextDomainNumber(), fork.nextDomainNumber()]).toEqual([2, 3])
  expect([store.export().counters, fork.export().counters]).toEqual([
    { order: 10, domain: 1 },
    { order: 10, domain: 3 },
  ])
})

test('a state that was exported makes the same store, found by the same words', () => {
  const store = startWith(petsTo(40))
  store.pets.delete(4)
  store.pets.put({ id: 99, name: 'new', photoUrls: [], tags: [{ name: 'c' }] })
  store.nextDomainNumber()
  const copy = startWith(petsTo(3)).with(store.export())
  expect(JSON.stringify(copy.export())).toBe(JSON.stringify(store.export()))
  expect(given(copy)).toEqual(given(store))
  expect(copy.nextDomainNumber()).toBe(2)
})

test('fixtures of different origin differ by what is in them', () => {
  const renamed = (id: number) => ({ ...fixturePet(id), ...(id === 2 && { name: 'renamed' }) })
  const store = startWith(petsTo(3))
  expect(store.diff(startWith({ ...petsTo(4), make: renamed })).pets).toEqual({ added: [4], removed: [], changed: [2] })
})

test('what two forks share is not made to compare them', () => {
  const made: number[] = []
  const store = startWith(petsTo(MANY, (id) => made.push(id)))
  const fork = store.fork()
  fork.pets.put({ ...fixturePet(7), name: 'renamed' })
  fork.pets.put(fixturePet(8))
  expect(store.diff(fork).pets).toEqual({ added: [], removed: [], changed: [7] })
  expect(made).toEqual([7, 8])
})

test('a list is the same until a pet changes, and one copy does not see what another changed', () => {
  const store = startWith(petsTo(9))
  const copy = store.fork()
  const listed = store.pets.byStatus(['sold'])
  expect(store.pets.byStatus(['sold'])).toBe(listed)
  store.pets.delete(listed[0]?.id ?? 0)
  expect(store.pets.byStatus(['sold'])).toEqual(listed.slice(1))
  expect(copy.pets.byStatus(['sold'])).toEqual(listed)
})
