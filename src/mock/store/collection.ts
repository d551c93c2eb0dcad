import { equalJson } from '../../openapi/equal-json.ts'
import { sizeOf } from '../memory/size-of.ts'
import { Fixtures } from './fixtures.ts'
import { freezeDeep } from './freeze.ts'
import type { Source } from './seed-data.ts'
import { differences, type KeyDiff, type SortedMap, sortedMap } from './sorted.ts'

/** Records by key, in the order of their keys. Records are frozen: a put replaces one, nothing changes one. */
export interface Collection<K, T> {
  readonly size: number
  /** The record; the same object until another is put in its place. */
  get(key: K): T | undefined
  has(key: K): boolean
  /** Freezes the record and stores it under its own key, over what was there. */
  put(record: T): void
  /** False where there was nothing to delete. */
  delete(key: K): boolean
  keys(): IterableIterator<K>
  values(): IterableIterator<T>
}

/** The entry of a key: a record, or the source of one that was not replaced since the start. */
export type Entry<K, T> = T | Fixtures<K, T>

/** A collection that can be copied at once, at any size. */
export class Records<K extends string | number, T> implements Collection<K, T> {
  /** Bytes of the records that were ever put, here and before this copy was made. */
  written = 0
  /** Counts the puts and deletions, here and before this copy was made. */
  revision = 0
  protected readonly entries: SortedMap<K, Entry<K, T>>
  protected readonly keyOf: (record: T) => K
  /** Is called with the key of each record that is put or deleted. A copy has none. */
  onChange: ((key: K) => void) | undefined

  constructor(keyOf: (record: T) => K, entries: SortedMap<K, Entry<K, T>> = sortedMap()) {
    this.keyOf = keyOf
    this.entries = entries
  }

  get size(): number {
    return this.entries.size
  }

  get(key: K): T | undefined {
    return read(this.entries.get(key), key)
  }

  has(key: K): boolean {
    return this.entries.has(key)
  }

  put(record: T): void {
    const key = this.keyOf(record)
    this.entries.set(key, freezeDeep(record))
    this.written += sizeOf(record)
    this.revision += 1
    this.onChange?.(key)
  }

  delete(key: K): boolean {
    this.changed().onChange?.(key)
    return this.entries.delete(key)
  }

  keys(): IterableIterator<K> {
    return this.entries.keys()
  }

  *values(): IterableIterator<T> {
    for (const [key, entry] of this.entries.entries()) yield read(entry, key)
  }

  fork(): Records<K, T> {
    return new Records(this.keyOf, this.entries.clone()).after(this)
  }

  /** Goes on counting where another one stands. */
  after({ written, revision }: Pick<Records<K, T>, 'written' | 'revision'>): this {
    this.written = written
    this.revision = revision
    return this
  }

  /** Counts a change that is no put. */
  changed(): this {
    this.revision += 1
    return this
  }

  /** The same kind of collection with these records alone. */
  replaced(records: readonly T[]): Records<K, T> {
    const fresh = new Records(this.keyOf).after(this).changed()
    for (const record of records) fresh.put(record)
    return fresh
  }

  /** Bytes of the records that another one does not share, and that are not in `counted`, where they are added. */
  sizeBeside(other: Records<K, T>, counted: Set<object>): number {
    const { added, changed } = differences(other.entries, this.entries)
    let size = 0
    for (const key of [...added, ...changed]) {
      const entry = this.entries.get(key)
      if (typeof entry !== 'object' || entry === null || entry instanceof Fixtures || counted.has(entry)) continue
      counted.add(entry)
      size += sizeOf(entry)
    }
    return size
  }

  /** How the other one differs from this one. Costs what copies changed since they parted. */
  diff(other: Records<K, T>): KeyDiff<K> {
    const { added, removed, changed } = differences(this.entries, other.entries)
    return { added, removed, changed: changed.filter((key) => !equalJson(this.get(key), other.get(key))) }
  }
}

/** A collection that holds a source's records. None is made yet. */
export function recordsOf<K extends string | number, T>(keyOf: (record: T) => K, source: Source<K, T>): Records<K, T> {
  return new Records(keyOf, entriesOf(source.keys, new Fixtures(source)))
}

/** The same fixtures under each key. */
export function entriesOf<K extends string | number, T, F extends Fixtures<K, T>>(keys: Iterable<K>, fixtures: F) {
  const entries = sortedMap<K, T | F>()
  for (const key of keys) entries.set(key, fixtures)
  return entries
}

function read<K, T>(entry: Entry<K, T>, key: K): T
function read<K, T>(entry: Entry<K, T> | undefined, key: K): T | undefined
function read<K, T>(entry: Entry<K, T> | undefined, key: K): T | undefined {
  return entry instanceof Fixtures ? entry.get(key) : entry
}
