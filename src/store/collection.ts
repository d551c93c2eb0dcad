import { type SortedMap, sortedMap } from './sorted.ts'
import { diffSorted, type KeyDiff } from './sorted-diff.ts'

/** Records by key, in the order of their keys. Records are never changed in place: a put replaces one. */
export interface Collection<K, T> {
  readonly size: number
  get(key: K): T | undefined
  has(key: K): boolean
  /** Stores the record under its own key, over what was there. */
  put(record: T): void
  /** False where there was nothing to delete. */
  delete(key: K): boolean
  keys(): IterableIterator<K>
  values(): IterableIterator<T>
}

/** A collection that can be copied at once, at any size. */
export class Records<K extends string | number, T> implements Collection<K, T> {
  readonly #map: SortedMap<K, T>
  readonly #keyOf: (record: T) => K

  constructor(keyOf: (record: T) => K, map: SortedMap<K, T> = sortedMap()) {
    this.#keyOf = keyOf
    this.#map = map
  }

  get size(): number {
    return this.#map.size
  }

  get(key: K): T | undefined {
    return this.#map.get(key)
  }

  has(key: K): boolean {
    return this.#map.has(key)
  }

  put(record: T): void {
    this.#map.set(this.#keyOf(record), record)
  }

  delete(key: K): boolean {
    return this.#map.delete(key)
  }

  keys(): IterableIterator<K> {
    return this.#map.keys()
  }

  *values(): IterableIterator<T> {
    for (const [, record] of this.#map.entries()) yield record
  }

  fork(): Records<K, T> {
    return new Records(this.#keyOf, this.#map.clone())
  }

  /** The same kind of collection with these records alone. */
  replaced(records: readonly T[]): Records<K, T> {
    const fresh = new Records(this.#keyOf)
    for (const record of records) fresh.put(record)
    return fresh
  }

  /** How the other one differs from this one. */
  diff(other: Records<K, T>): KeyDiff<K> {
    return diffSorted(this.#map, other.#map)
  }
}
