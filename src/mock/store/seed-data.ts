import type { Order, PetStatus, StoredDomain, StoredPet, StoredUser } from '../../openapi/model.ts'

/** The records that a store starts from. There may be many, so each is made when it is first read. */
export interface SeedData {
  readonly pets: PetSource
  readonly users: Source<string, StoredUser>
  readonly domains: Source<string, StoredDomain>
  readonly orders: Source<number, Order>
  readonly counters: Counters
}

/** Records by key. */
export interface Source<K, T> {
  /** Each key once, ascending. */
  readonly keys: Iterable<K>
  /** Makes the record of one of the keys: an equal one each time. */
  make(key: K): T
}

/** Pets, whose status and tags are known without making them, and agree with them. */
export interface PetSource extends Source<number, StoredPet> {
  status(id: number): PetStatus | undefined
  tags(id: number): readonly string[]
}

/** The highest numbers that were given out. */
export interface Counters {
  readonly order: number
  readonly domain: number
}
