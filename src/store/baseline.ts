import type { Order, PetStatus, StoredDomain, StoredPet, StoredUser } from '../model.ts'

/** What a store starts from. Pets may be many, so each is made when it is first read. */
export interface Baseline {
  readonly pets: PetSource
  readonly users: readonly StoredUser[]
  readonly domains: readonly StoredDomain[]
  readonly orders: readonly Order[]
}

/** Pets 1 to `count`. Status and tags are known without making the pet, and agree with it. */
export interface PetSource {
  readonly count: number
  status(id: number): PetStatus | undefined
  tags(id: number): readonly string[]
  make(id: number): StoredPet
}
