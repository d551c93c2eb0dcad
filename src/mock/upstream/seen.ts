import { type Key, recordOf } from '../store/record-of.ts'
import type { CollectionName } from '../store/state.ts'
import type { Store } from '../store/store.ts'

/** A session's store, and the store that it started from. */
export interface Stores {
  readonly store: Store
  readonly start: Store
}

/** The live server has no record of this key any more. */
const GONE = '(gone)'

const nameOf = (collection: CollectionName, key: Key) => `live ${collection} ${key}`

/**
 * The record as the live server last gave it, whatever was done with it here. It stands in the store itself, beside the state, so that copies and snapshots have
 * the answers of their time.
 */
export function seenRecord({ store, start }: Stores, collection: CollectionName, key: Key): object | undefined {
  const seen = store.added.get(nameOf(collection, key))?.record
  if (seen === undefined) return recordOf(start, collection, key)
  return GONE in seen ? undefined : seen
}

/** True if the session changed, added or deleted the record itself. */
export const isChangedHere = (stores: Stores, collection: CollectionName, key: Key): boolean =>
  recordOf(stores.store, collection, key) !== seenRecord(stores, collection, key)

/** Puts what the live server gave into the store; a record that was changed here stays as it is. */
export function putSeen(stores: Stores, collection: CollectionName, key: Key, record: object): void {
  const isOwn = isChangedHere(stores, collection, key)
  const { store } = stores
  store.added.put({ name: nameOf(collection, key), record: record as Readonly<Record<string, unknown>> })
  if (isOwn) return
  const records: { put(record: object): void } = store[collection]
  records.put(record)
}

/** The live server has no such record: it leaves the store, unless it was changed here. */
export function forgetSeen(stores: Stores, collection: CollectionName, key: Key): void {
  const { store, start } = stores
  if (isChangedHere(stores, collection, key)) {
    markDeletedHere(stores, collection, key)
    return
  }
  const records: { delete(key: Key): boolean } = store[collection]
  if (recordOf(store, collection, key) !== undefined) records.delete(key)
  const name = nameOf(collection, key)
  if (recordOf(start, collection, key) !== undefined) store.added.put({ name, record: { [GONE]: true } })
  else if (store.added.has(name)) store.added.delete(name)
}

/** The session's own version of a record stays, also if the live server has none or never showed one. */
export function markDeletedHere({ store }: Stores, collection: CollectionName, key: Key): void {
  store.added.put({ name: nameOf(collection, key), record: {} })
}
