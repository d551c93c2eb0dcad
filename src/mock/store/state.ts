import type { Order, StoredDomain, StoredPet, StoredUser } from '../../openapi/model.ts'
import type { Counters } from './seed-data.ts'
import type { KeyDiff } from './sorted.ts'

/** The content of a store as JSON: collections in the order of their keys, and the last numbers that were given out. */
export interface State {
  readonly pets: readonly StoredPet[]
  readonly users: readonly StoredUser[]
  readonly domains: readonly StoredDomain[]
  readonly orders: readonly Order[]
  readonly counters: Counters
}

/** The collections of a state. */
export const COLLECTIONS = ['pets', 'users', 'domains', 'orders'] as const

export type CollectionName = (typeof COLLECTIONS)[number]

/** The difference between two stores, by collection: keys that were added, removed and changed. */
export interface StateDiff {
  readonly pets: KeyDiff<number>
  readonly users: KeyDiff<string>
  readonly domains: KeyDiff<string>
  readonly orders: KeyDiff<number>
}
