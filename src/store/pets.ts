import type { PetStatus, StoredPet } from '../model.ts'
import type { PetSource } from './baseline.ts'
import type { Collection } from './collection.ts'
import { IdIndex } from './id-index.ts'
import { type SortedMap, sortedMap } from './sorted.ts'
import { diffSorted, type KeyDiff } from './sorted-diff.ts'

/** Pets by id, and by status and tag without looking at the others. */
export interface Pets extends Collection<number, StoredPet> {
  /** Pets that have any of the statuses, by id. */
  byStatus(statuses: readonly PetStatus[]): StoredPet[]
  /** Pets that have any of the tags, by id. */
  byTags(names: readonly string[]): StoredPet[]
  /** How many pets have each status. */
  inventory(): Record<PetStatus, number>
}

/** Stands in the map for a pet of the fixtures that nobody changed. */
const FIXTURE = Symbol('fixture')

type Entry = StoredPet | typeof FIXTURE

const NO_PETS = { count: 0, status: () => undefined, tags: () => [] }

interface Parts {
  readonly map: SortedMap<number, Entry>
  readonly statuses: IdIndex
  readonly tags: IdIndex
  /** Gives the pet of the fixtures; always the same object for the same id. */
  readonly fixture: (id: number) => StoredPet
}

/** A collection of pets that can be copied at once, at any size. */
export class PetRecords implements Pets {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  get size(): number {
    return this.#parts.map.size
  }

  get(id: number): StoredPet | undefined {
    const entry = this.#parts.map.get(id)
    return entry === FIXTURE ? this.#parts.fixture(id) : entry
  }

  has(id: number): boolean {
    return this.#parts.map.has(id)
  }

  put(pet: StoredPet): void {
    this.#unindex(pet.id)
    this.#parts.map.set(pet.id, pet)
    if (pet.status) this.#parts.statuses.add(pet.status, pet.id)
    for (const name of tagNames(pet)) this.#parts.tags.add(name, pet.id)
  }

  delete(id: number): boolean {
    this.#unindex(id)
    return this.#parts.map.delete(id)
  }

  keys(): IterableIterator<number> {
    return this.#parts.map.keys()
  }

  *values(): IterableIterator<StoredPet> {
    for (const [id, entry] of this.#parts.map.entries()) yield entry === FIXTURE ? this.#parts.fixture(id) : entry
  }

  byStatus(statuses: readonly PetStatus[]): StoredPet[] {
    return this.#read(this.#parts.statuses.any(statuses))
  }

  byTags(names: readonly string[]): StoredPet[] {
    return this.#read(this.#parts.tags.any(names))
  }

  inventory(): Record<PetStatus, number> {
    const count = (status: PetStatus) => this.#parts.statuses.count(status)
    return { available: count('available'), pending: count('pending'), sold: count('sold') }
  }

  fork(): PetRecords {
    const { map, statuses, tags, fixture } = this.#parts
    return new PetRecords({ map: map.clone(), statuses: statuses.fork(), tags: tags.fork(), fixture })
  }

  /** The same kind of collection with these pets alone. */
  replaced(pets: readonly StoredPet[]): PetRecords {
    const fresh = petsOf({ ...NO_PETS, make: this.#parts.fixture })
    for (const pet of pets) fresh.put(pet)
    return fresh
  }

  /** How the other one differs from this one. */
  diff(other: PetRecords): KeyDiff<number> {
    const { map, fixture } = this.#parts
    return diffSorted(map, other.#parts.map, (entry, id) => (entry === FIXTURE ? fixture(id) : entry))
  }

  #read(ids: readonly number[]): StoredPet[] {
    return ids.flatMap((id) => this.get(id) ?? [])
  }

  #unindex(id: number): void {
    const pet = this.get(id)
    if (pet === undefined) return
    if (pet.status) this.#parts.statuses.remove(pet.status, id)
    for (const name of tagNames(pet)) this.#parts.tags.remove(name, id)
  }
}

/** Indexes the fixtures' pets without making them. */
export function petsOf(source: PetSource): PetRecords {
  const map = sortedMap<number, Entry>()
  const statuses = new IdIndex()
  const tags = new IdIndex()
  for (let id = 1; id <= source.count; id++) {
    map.set(id, FIXTURE)
    const status = source.status(id)
    if (status) statuses.add(status, id)
    for (const name of source.tags(id)) tags.add(name, id)
  }
  return new PetRecords({ map, statuses, tags, fixture: memoize(source) })
}

function memoize({ make }: PetSource): (id: number) => StoredPet {
  const made = new Map<number, StoredPet>()
  return (id) => {
    const known = made.get(id)
    if (known) return known
    const pet = make(id)
    made.set(id, pet)
    return pet
  }
}

const tagNames = ({ tags = [] }: StoredPet) => tags.flatMap(({ name }) => name ?? [])
