import { writeRecord } from '../../../openapi/codecs/write-json.ts'
import type { Collection } from '../../store/collection.ts'
import type { Counters } from '../../store/seed-data.ts'
import { COLLECTIONS, type CollectionName, type State } from '../../store/state.ts'
import type { Store } from '../../store/store.ts'

/** A change of a state: records that were put, keys whose records were deleted, and the counters. */
export interface Change {
  readonly put?: Partial<Omit<State, 'counters'>>
  readonly delete?: { readonly [Name in CollectionName]?: readonly (string | number)[] }
  readonly counters?: Counters
}

/** The keys of records, by collection. */
export type Keys = { readonly [Name in CollectionName]: Set<string | number> }

export const noKeys = (): Keys => ({ pets: new Set(), users: new Set(), domains: new Set(), orders: new Set() })

/** How many keys there are. */
export const countKeys = (keys: Keys): number => COLLECTIONS.reduce((count, name) => count + keys[name].size, 0)

export function clearKeys(keys: Keys): void {
  for (const name of COLLECTIONS) keys[name].clear()
}

/** Adds all keys of another set. */
export function addKeys(keys: Keys, more: Keys): void {
  for (const name of COLLECTIONS) for (const key of more[name]) keys[name].add(key)
}

/** Adds the keys by which two stores differ. */
export function addDifferences(keys: Keys, from: Store, to: Store): void {
  const diff = from.diff(to)
  for (const name of COLLECTIONS) {
    const { added, removed, changed } = diff[name]
    for (const list of [added, removed, changed]) for (const key of list) keys[name].add(key)
  }
}

/** The keys of the records that a change concerns. */
export function keysOf({ put = {}, delete: gone = {} }: Change): Keys {
  const keys = noKeys()
  for (const name of COLLECTIONS) for (const key of gone[name] ?? []) keys[name].add(key)
  for (const { id } of put.pets ?? []) keys.pets.add(id)
  for (const { username } of put.users ?? []) keys.users.add(username)
  for (const { id } of put.domains ?? []) keys.domains.add(id)
  for (const { id } of put.orders ?? []) keys.orders.add(Number(id))
  return keys
}

/** One line of JSON with what the store has under the keys; unchanged records reuse their text. */
export function changeText(store: Store, keys: Keys, counters: Counters | undefined): string {
  const puts: string[] = []
  const deletes: string[] = []
  for (const name of COLLECTIONS) if (keys[name].size > 0) write(name, store[name], keys[name], puts, deletes)
  const parts = [
    ...(puts.length > 0 ? [`"put":{${puts.join(',')}}`] : []),
    ...(deletes.length > 0 ? [`"delete":{${deletes.join(',')}}`] : []),
    ...(counters ? [`"counters":${JSON.stringify(counters)}`] : []),
  ]
  return `{${parts.join(',')}}\n`
}

/** A change that puts and deletes as the store has it under the keys. */
export const changeOf = (store: Store, keys: Keys, counters: Counters | undefined): Change =>
  JSON.parse(changeText(store, keys, counters)) as Change

function write(
  name: CollectionName,
  collection: Collection<string | number, object>,
  keys: ReadonlySet<string | number>,
  puts: string[],
  deletes: string[],
): void {
  const records: string[] = []
  const gone: (string | number)[] = []
  for (const key of keys) {
    const record = collection.get(key)
    if (record === undefined) gone.push(key)
    else records.push(writeRecord(record))
  }
  if (records.length > 0) puts.push(`"${name}":[${records.join(',')}]`)
  if (gone.length > 0) deletes.push(`"${name}":${JSON.stringify(gone)}`)
}

/** A copy of the store after the changes, each in its turn. */
export function applyChanges(store: Store, changes: readonly Change[]): Store {
  const copy = store.fork()
  for (const { put = {}, delete: gone = {} } of changes) {
    for (const name of COLLECTIONS) {
      const collection: Collection<string | number, object> = copy[name]
      for (const key of gone[name] ?? []) collection.delete(key)
      for (const record of put[name] ?? []) collection.put(record)
    }
  }
  const counters = changes.findLast((change) => change.counters)?.counters
  return counters ? copy.with({ counters }) : copy
}
