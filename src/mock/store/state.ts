import type { Order, StoredDomain, StoredPet, StoredUser } from '../../openapi/model.ts'
import type { Counters } from './seed-data.ts'
import type { KeyDiff } from './sorted.ts'

/** All that a store remembers, as JSON: collections in the order of their keys, and what the next numbers count from. */
export interface State {
  readonly pets: readonly StoredPet[]
  readonly users: readonly StoredUser[]
  readonly domains: readonly StoredDomain[]
  readonly orders: readonly Order[]
  readonly counters: Counters
}

/** How one store differs from another, by collection: keys that were added, removed and changed. */
export interface StateDiff {
  readonly pets: KeyDiff<number>
  readonly users: KeyDiff<string>
  readonly domains: KeyDiff<string>
  readonly orders: KeyDiff<number>
}
