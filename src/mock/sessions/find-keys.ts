import { type Key, recordOf } from '../store/record-of.ts'
import type { CollectionName } from '../store/state.ts'
import type { Store } from '../store/store.ts'

/** The last search of a store: a table that is scrolled asks for the same one again and again. */
interface Search {
  readonly collection: CollectionName
  readonly text: string
  readonly revision: number
  readonly keys: readonly Key[]
}

const last = new WeakMap<Store, Search>()

/** Records between two pauses, in which other requests are answered: at most 10 ms, also where each record has to be made first. */
const AT_A_TIME = 500

/** The keys of the records with a text in any of their values, in the order of the keys. Calls `pause` now and then. */
export async function findKeys(
  store: Store,
  collection: CollectionName,
  text: string,
  pause: () => Promise<void>,
): Promise<readonly Key[]> {
  const all: readonly Key[] = [...store[collection].keys()]
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return all
  const revision = store.revisions[collection]
  const known = last.get(store)
  if (known?.collection === collection && known.text === wanted && known.revision === revision) return known.keys
  const keys = await keysWith(store, collection, wanted, all, pause)
  last.set(store, { collection, text: wanted, revision, keys })
  return keys
}

async function keysWith(
  store: Store,
  collection: CollectionName,
  wanted: string,
  all: readonly Key[],
  pause: () => Promise<void>,
): Promise<Key[]> {
  const keys: Key[] = []
  for (const [index, key] of all.entries()) {
    if (index % AT_A_TIME === AT_A_TIME - 1) await pause()
    if (hasText(recordOf(store, collection, key), wanted)) keys.push(key)
  }
  return keys
}

function hasText(value: unknown, wanted: string): boolean {
  if (value === null || value === undefined) return false
  if (typeof value === 'object') return Object.values(value).some((member) => hasText(member, wanted))
  const text = String(value)
  return !text.startsWith('data:') && text.toLowerCase().includes(wanted)
}
