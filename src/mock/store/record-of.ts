import type { CollectionName } from './state.ts'
import type { Store } from './store.ts'

/** A key of a collection. */
export type Key = string | number

/** The record of a key; undefined if the collection has none. */
export function recordOf(store: Store, collection: CollectionName, key: Key): object | undefined {
  const records: { get(key: Key): object | undefined } = store[collection]
  return records.get(key)
}
