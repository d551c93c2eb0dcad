import type { PetStatus, StoredPet } from '../../openapi/model.ts'
import { type Collection, type Entry, entriesOf, Records } from './collection.ts'
import { Fixtures } from './fixtures.ts'
import { IdIndex } from './id-index.ts'
import type { PetSource } from './seed-data.ts'
import { type SortedMap, sortedMap } from './sorted.ts'

/** Pets by id, and by status and tag without looking at the others. */
export interface Pets extends Collection<number, StoredPet> {
  /** Pets that have any of the statuses, by id. The same list again until a pet changes. */
  byStatus(statuses: readonly PetStatus[]): readonly StoredPet[]
  /** Pets that have any of the tags, by id. The same list again until a pet changes. */
  byTags(names: readonly string[]): readonly StoredPet[]
  /** How many pets have each status. */
  inventory(): Record<PetStatus, number>
}

/** The words that a pet is found by. */
interface Words {
  readonly statuses: readonly string[]
  readonly tags: readonly string[]
}

/** How many lists are remembered, and how long ones. */
const MOST_FOUND = 16
const LONGEST_FOUND = 1_000
/** About the bytes of a record in a remembered list: its place, and its text in JSON and XML. */
const LISTED = 1_024

const NO_WORDS: Words = { statuses: [], tags: [] }

/** A collection of pets that can be copied at once, at any size. */
export class PetRecords extends Records<number, StoredPet> implements Pets {
  readonly #statuses: IdIndex
  readonly #tags: IdIndex
  /** Lists that were read since a pet changed, by index and words. */
  readonly #found = new Map<string, readonly StoredPet[]>()

  constructor(
    entries: SortedMap<number, Entry<number, StoredPet>> = sortedMap(),
    statuses = new IdIndex(),
    tags = new IdIndex(),
  ) {
    super((pet) => pet.id, entries)
    this.#statuses = statuses
    this.#tags = tags
  }

  override put(pet: StoredPet): void {
    this.#reindex(pet.id, wordsOf(pet))
    super.put(pet)
  }

  override delete(id: number): boolean {
    this.#reindex(id, NO_WORDS)
    return super.delete(id)
  }

  byStatus(statuses: readonly PetStatus[]): readonly StoredPet[] {
    return this.#find('status', this.#statuses, statuses)
  }

  byTags(names: readonly string[]): readonly StoredPet[] {
    return this.#find('tags', this.#tags, names)
  }

  inventory(): Record<PetStatus, number> {
    const count = (status: PetStatus) => this.#statuses.count(status)
    return { available: count('available'), pending: count('pending'), sold: count('sold') }
  }

  override fork(): PetRecords {
    return new PetRecords(this.entries.clone(), this.#statuses.fork(), this.#tags.fork()).after(this)
  }

  override replaced(pets: readonly StoredPet[]): PetRecords {
    const fresh = new PetRecords().after(this).changed()
    for (const pet of pets) fresh.put(pet)
    return fresh
  }

  /** Bytes of the lists that are remembered, and of their texts. */
  get listed(): number {
    let records = 0
    for (const list of this.#found.values()) records += list.length
    return records * LISTED
  }

  #find(name: string, index: IdIndex, words: readonly string[]): readonly StoredPet[] {
    const asked = JSON.stringify([name, ...words])
    const known = this.#found.get(asked)
    if (known) return known
    const list = Object.freeze(index.any(words).flatMap((id) => this.get(id) ?? []))
    if (list.length > LONGEST_FOUND) return list
    if (this.#found.size === MOST_FOUND) this.#found.clear()
    this.#found.set(asked, list)
    return list
  }

  #reindex(id: number, has: Words): void {
    this.#found.clear()
    const had = wordsAt(this.entries.get(id), id)
    this.#statuses.move(id, had.statuses, has.statuses)
    this.#tags.move(id, had.tags, has.tags)
  }
}

/** Pets of the fixtures, which can be found without making them. */
class PetFixtures extends Fixtures<number, StoredPet> {
  readonly #source: PetSource

  constructor(source: PetSource) {
    super(source)
    this.#source = source
  }

  wordsOf(id: number): Words {
    return { statuses: listed(this.#source.status(id)), tags: this.#source.tags(id) }
  }
}

/** Indexes the pets of a source without making them. */
export function petsOf(source: PetSource): PetRecords {
  const fixtures = new PetFixtures(source)
  const statuses = new IdIndex()
  const tags = new IdIndex()
  for (const id of source.keys) {
    const words = fixtures.wordsOf(id)
    statuses.add(words.statuses, id)
    tags.add(words.tags, id)
  }
  return new PetRecords(entriesOf(source.keys, fixtures), statuses, tags)
}

function wordsAt(entry: Entry<number, StoredPet> | undefined, id: number): Words {
  if (entry === undefined) return NO_WORDS
  if (entry instanceof PetFixtures) return entry.wordsOf(id)
  return wordsOf(entry instanceof Fixtures ? entry.get(id) : entry)
}

const wordsOf = ({ status, tags = [] }: StoredPet): Words => ({
  statuses: listed(status),
  tags: tags.flatMap(({ name }) => name ?? []),
})

const listed = <T>(value: T | undefined): T[] => (value === undefined ? [] : [value])
