import type { Order, StoredDomain, StoredUser } from '../../openapi/model.ts'
import { type Collection, type Records, recordsOf } from './collection.ts'
import { type PetRecords, type Pets, petsOf } from './pets.ts'
import type { Counters, SeedData } from './seed-data.ts'
import type { State, StateDiff } from './state.ts'

/** The state of one session. */
export interface Store {
  readonly pets: Pets
  readonly users: Collection<string, StoredUser>
  readonly domains: Collection<string, StoredDomain>
  readonly orders: Collection<number, Order>
  /** The next order number: counts up from the fixtures' highest and skips what is taken. */
  nextOrderNumber(): number
  /** The serial of the next domain that is added: one above the last. */
  nextDomainNumber(): number
  /** A copy that never meets this one. It takes the same time at any size, and the memory of what it changes. */
  fork(): Store
  /** All of it as JSON; the same state gives the same bytes. */
  export(): State
  /** A store with these collections in place of its own. The records must conform to the document. */
  with(state: Partial<State>): Store
  /** How another store of this mock differs from this one. */
  diff(other: Store): StateDiff
}

interface Parts {
  readonly pets: PetRecords
  readonly users: Records<string, StoredUser>
  readonly domains: Records<string, StoredDomain>
  readonly orders: Records<number, Order>
  readonly counters: Counters
}

/** A store that holds the fixtures. */
export function createStore({ pets, users, domains, orders, counters }: SeedData): Store {
  return new MemoryStore({
    pets: petsOf(pets),
    users: recordsOf((user) => user.username, users),
    domains: recordsOf((domain) => domain.id, domains),
    orders: recordsOf((order) => Number(order.id), orders),
    counters,
  })
}

class MemoryStore implements Store {
  readonly pets: PetRecords
  readonly users: Records<string, StoredUser>
  readonly domains: Records<string, StoredDomain>
  readonly orders: Records<number, Order>
  readonly #counters: { order: number; domain: number }

  constructor({ pets, users, domains, orders, counters }: Parts) {
    this.pets = pets
    this.users = users
    this.domains = domains
    this.orders = orders
    this.#counters = { ...counters }
  }

  nextOrderNumber(): number {
    do this.#counters.order += 1
    while (this.orders.has(this.#counters.order))
    return this.#counters.order
  }

  nextDomainNumber(): number {
    this.#counters.domain += 1
    return this.#counters.domain
  }

  fork(): Store {
    return new MemoryStore(this.#forkedParts())
  }

  export(): State {
    return {
      pets: [...this.pets.values()],
      users: [...this.users.values()],
      domains: [...this.domains.values()],
      orders: [...this.orders.values()],
      counters: { ...this.#counters },
    }
  }

  with({ pets, users, domains, orders, counters }: Partial<State>): Store {
    const own = this.#forkedParts()
    return new MemoryStore({
      pets: pets ? own.pets.replaced(pets) : own.pets,
      users: users ? own.users.replaced(users) : own.users,
      domains: domains ? own.domains.replaced(domains) : own.domains,
      orders: orders ? own.orders.replaced(orders) : own.orders,
      counters: counters ?? own.counters,
    })
  }

  diff(other: Store): StateDiff {
    if (!(other instanceof MemoryStore)) throw new TypeError('Only stores that createStore made can be compared.')
    return {
      pets: this.pets.diff(other.pets),
      users: this.users.diff(other.users),
      domains: this.domains.diff(other.domains),
      orders: this.orders.diff(other.orders),
    }
  }

  #forkedParts(): Parts {
    return {
      pets: this.pets.fork(),
      users: this.users.fork(),
      domains: this.domains.fork(),
      orders: this.orders.fork(),
      counters: this.#counters,
    }
  }
}
