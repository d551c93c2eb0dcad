import type { Order, StoredDomain, StoredUser } from '../model.ts'
import type { Baseline } from './baseline.ts'
import { type Collection, Records } from './collection.ts'
import { type PetRecords, type Pets, petsOf } from './pets.ts'

/** Everything that one universe remembers. */
export interface Store {
  readonly pets: Pets
  readonly users: Collection<string, StoredUser>
  readonly domains: Collection<string, StoredDomain>
  readonly orders: Collection<number, Order>
  /** The next order number: counts up from the fixtures' highest and skips what is taken. */
  nextOrderNumber(): number
  /** The serial, from 1, of the next domain that is added. */
  nextDomainNumber(): number
  /** A copy that never meets this one. It takes the same time at any size, and the memory of what it changes. */
  fork(): Store
}

interface Parts {
  readonly pets: PetRecords
  readonly users: Records<string, StoredUser>
  readonly domains: Records<string, StoredDomain>
  readonly orders: Records<number, Order>
  readonly counters: { readonly order: number; readonly domain: number }
}

/** A store that holds the fixtures. */
export function createStore({ pets, users, domains, orders }: Baseline): Store {
  return storeOf({
    pets: petsOf(pets),
    users: filled(new Records((user) => user.username), users),
    domains: filled(new Records((domain) => domain.id), domains),
    orders: filled(new Records((order) => Number(order.id)), orders),
    counters: { order: Math.max(0, ...orders.map(({ id }) => Number(id))), domain: domains.length },
  })
}

function filled<K extends string | number, T>(records: Records<K, T>, from: readonly T[]): Records<K, T> {
  for (const record of from) records.put(record)
  return records
}

function storeOf({ pets, users, domains, orders, counters }: Parts): Store {
  let { order, domain } = counters
  return {
    pets,
    users,
    domains,
    orders,
    nextOrderNumber: () => {
      do order += 1
      while (orders.has(order))
      return order
    },
    nextDomainNumber: () => {
      domain += 1
      return domain
    },
    fork: () =>
      storeOf({
        pets: pets.fork(),
        users: users.fork(),
        domains: domains.fork(),
        orders: orders.fork(),
        counters: { order, domain },
      }),
  }
}
