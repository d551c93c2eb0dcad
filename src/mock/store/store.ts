import type { Order, StoredDomain, StoredUser } from '../../openapi/model.ts'
import { type Collection, Records, recordsOf } from './collection.ts'
import { type PetRecords, type Pets, petsOf } from './pets.ts'
import type { Counters, SeedData } from './seed-data.ts'
import type { CollectionName, State, StateDiff } from './state.ts'

/** The state of one session. */
export interface Store {
  readonly pets: Pets
  readonly users: Collection<string, StoredUser>
  readonly domains: Collection<string, StoredDomain>
  readonly orders: Collection<number, Order>
  /** Records of operations that only another version of the document has. They are no part of the exported state. */
  readonly added: Collection<string, AddedRecord>
  /** The highest numbers that were given out. */
  readonly counters: Counters
  /** The next order number: counts up from the fixtures' highest and skips what is taken. Throws an OutOfNumbers. */
  nextOrderNumber(): number
  /** The serial of the next domain that is added: one above the last. Throws an OutOfNumbers. */
  nextDomainNumber(): number
  /** A copy that never meets this one. It takes the same time at any size, and the memory of what it changes. */
  fork(): Store
  /** All of it as JSON; the same state gives the same bytes. */
  export(): State
  /** A store with these collections in place of its own. The records must conform to the document. */
  with(state: Partial<State>): Store
  /** Calls back with each record that is put or deleted from now on. A copy of the store does not. */
  watch(onChange: (collection: CollectionName, key: string | number) => void): void
  /** Bytes of the records that were ever put, here and before this copy was made. */
  readonly written: number
  /** Counts the changes of each collection, here and before this copy was made. */
  readonly revisions: Readonly<Record<CollectionName, number>>
  /** The sum of these. */
  readonly revision: number
  /** Bytes of the lists that are remembered. */
  readonly listed: number
  /** Bytes of the records that another store does not share, and that are not in `counted`, where they are added. */
  sizeBeside(other: Store, counted: Set<object>): number
  /** How another store of this mock differs from this one. */
  diff(other: Store): StateDiff
}

/** A record of a kind that the packaged document does not have, under a name that no other record has. */
export interface AddedRecord {
  readonly name: string
  readonly record: Readonly<Record<string, unknown>>
}

interface Parts {
  readonly pets: PetRecords
  readonly users: Records<string, StoredUser>
  readonly domains: Records<string, StoredDomain>
  readonly orders: Records<number, Order>
  readonly added: Records<string, AddedRecord>
  readonly counters: Counters
}

/** A store that holds the fixtures. */
export function createStore({ pets, users, domains, orders, counters }: SeedData): Store {
  return new MemoryStore({
    pets: petsOf(pets),
    users: recordsOf((user) => user.username, users),
    domains: recordsOf((domain) => domain.id, domains),
    orders: recordsOf((order) => Number(order.id), orders),
    added: new Records(({ name }) => name),
    counters,
  })
}

/** A counter stands at the highest number that JSON carries unrounded. It can be set lower with the state. */
export class OutOfNumbers extends RangeError {
  override readonly name = 'OutOfNumbers'
}

/** Beyond 2^53-1 a double no longer counts: the next number would be the same one, or one that no request can name. */
function numberAfter(last: number): number {
  if (last < Number.MAX_SAFE_INTEGER) return last + 1
  throw new OutOfNumbers(
    `The counter stands at ${last}, the highest number. Put a lower one into the state's counters.`,
  )
}

class MemoryStore implements Store {
  readonly pets: PetRecords
  readonly users: Records<string, StoredUser>
  readonly domains: Records<string, StoredDomain>
  readonly orders: Records<number, Order>
  readonly added: Records<string, AddedRecord>
  readonly #counters: { order: number; domain: number }

  constructor({ pets, users, domains, orders, added, counters }: Parts) {
    this.pets = pets
    this.users = users
    this.domains = domains
    this.orders = orders
    this.added = added
    this.#counters = { ...counters }
  }

  get counters(): Counters {
    return { ...this.#counters }
  }

  nextOrderNumber(): number {
    let number = numberAfter(this.#counters.order)
    while (this.orders.has(number)) number = numberAfter(number)
    this.#counters.order = number
    return number
  }

  nextDomainNumber(): number {
    this.#counters.domain = numberAfter(this.#counters.domain)
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
      counters: this.counters,
    }
  }

  with({ pets, users, domains, orders, counters }: Partial<State>): Store {
    const own = this.#forkedParts()
    return new MemoryStore({
      pets: pets ? own.pets.replaced(pets) : own.pets,
      users: users ? own.users.replaced(users) : own.users,
      domains: domains ? own.domains.replaced(domains) : own.domains,
      orders: orders ? own.orders.replaced(orders) : own.orders,
      added: own.added,
      counters: counters ?? own.counters,
    })
  }

  watch(onChange: (collection: CollectionName, key: string | number) => void): void {
    this.pets.onChange = (key) => onChange('pets', key)
    this.users.onChange = (key) => onChange('users', key)
    this.domains.onChange = (key) => onChange('domains', key)
    this.orders.onChange = (key) => onChange('orders', key)
  }

  get written(): number {
    return this.pets.written + this.users.written + this.domains.written + this.orders.written
  }

  get revisions(): Readonly<Record<CollectionName, number>> {
    const { pets, users, domains, orders } = this
    return {
      pets: pets.revision,
      users: users.revision,
      domains: domains.revision,
      orders: orders.revision,
    }
  }

  get revision(): number {
    return this.pets.revision + this.users.revision + this.domains.revision + this.orders.revision
  }

  get listed(): number {
    return this.pets.listed
  }

  sizeBeside(other: Store, counted: Set<object>): number {
    requireOurs(other)
    return (
      this.pets.sizeBeside(other.pets, counted) +
      this.users.sizeBeside(other.users, counted) +
      this.domains.sizeBeside(other.domains, counted) +
      this.orders.sizeBeside(other.orders, counted)
    )
  }

  diff(other: Store): StateDiff {
    requireOurs(other)
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
      added: this.added.fork(),
      counters: this.#counters,
    }
  }
}

function requireOurs(store: Store): asserts store is MemoryStore {
  if (!(store instanceof MemoryStore)) throw new TypeError('Only stores that createStore made can be compared.')
}
