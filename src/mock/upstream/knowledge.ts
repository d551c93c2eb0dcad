import { plainText } from '../../openapi/plain-text.ts'
import { sizeOf } from '../memory/size-of.ts'
import { type Key, recordOf } from '../store/record-of.ts'
import type { CollectionName } from '../store/state.ts'
import type { Store } from '../store/store.ts'
import { createStore } from '../store/store.ts'

/** The filter of a list. */
export interface Filter {
  readonly by: 'status' | 'tags'
  readonly words: readonly string[]
}

export type Counts = Readonly<Record<string, number>>

/** All that the live server has said to any session: what the mock answers from when it is down. */
export interface Knowledge {
  /** The records as they were last seen. */
  readonly store: Store
  /** Takes what was known before the start for all that there is. */
  startFrom(store: Store): void
  /** Remembers a record; false if there is no room for it. */
  note(collection: CollectionName, key: Key, record: object): boolean
  /** The live server refused the record with this status. */
  noteGone(collection: CollectionName, key: Key, status: number): void
  /** The status of that refusal; 404 for what cannot be there; undefined for what nobody knows. */
  goneStatus(collection: CollectionName, key: Key): number | undefined
  /** True if the live server itself refused the record. */
  isGone(collection: CollectionName, key: Key): boolean
  /** A record may have become another one, or none. */
  drop(collection: CollectionName, key: Key): void
  noteList(filter: Filter): void
  /** True if all records of the filter are known. */
  knowsList(filter: Filter): boolean
  noteInventory(counts: Counts): void
  /** A pet was removed whose status nobody knows. */
  forgetInventory(): void
  inventory(): Counts | undefined
  noteLogin(username: string, password: string, status: number): void
  /** The status that such a login had. */
  loginStatus(username: string, password: string): number | undefined
  /** Called after each change of a record. */
  onChange: (() => void) | undefined
}

const STATUSES = ['available', 'pending', 'sold']
/** The most refusals, logins and filters that are remembered. */
const MOST_REMEMBERED = 10_000

/** A store without records. */
export const emptyStore = (): Store => {
  const none = { keys: [], make: (): never => neverMade() }
  const pets = { ...none, status: () => undefined, tags: () => [] }
  return createStore({ pets, users: none, domains: none, orders: none, counters: { order: 0, domain: 0 } })
}

function neverMade(): never {
  throw new Error('A store without keys was asked for a record.')
}

/** Knows nothing. `maxBytes` bounds the records. */
export function createKnowledge(maxBytes: () => number): Knowledge {
  let store = emptyStore()
  let isComplete = false
  let bytes = 0
  let counts: Counts | undefined
  const gone = new Map<string, number>()
  const logins = new Map<string, number>()
  const listed = new Set<string>()
  const shift = (from: string | undefined, to: string | undefined) => {
    if (counts === undefined || from === to) return
    const changed: Record<string, number> = { ...counts }
    if (from !== undefined) changed[from] = Math.max(0, (changed[from] ?? 0) - 1)
    if (to !== undefined && from !== undefined) changed[to] = (changed[to] ?? 0) + 1
    counts = changed
  }
  const statusOf = (record: object | undefined) => (record && 'status' in record ? plainText(record.status) : undefined)
  const remove = (collection: CollectionName, key: Key) => {
    const known = recordOf(store, collection, key)
    if (known === undefined) return
    bytes -= sizeOf(known)
    if (collection === 'pets') shift(statusOf(known), undefined)
    const records: { delete(key: Key): boolean } = store[collection]
    records.delete(key)
    knowledge.onChange?.()
  }
  const knowledge: Knowledge = {
    get store() {
      return store
    },
    startFrom: (start) => {
      store = start.fork()
      isComplete = true
    },
    note: (collection, key, record) => {
      gone.delete(`${collection} ${key}`)
      const known = recordOf(store, collection, key)
      if (known === record) return true
      const more = sizeOf(record) - (known ? sizeOf(known) : 0)
      if (bytes + more > maxBytes()) return false
      bytes += more
      if (collection === 'pets' && known) shift(statusOf(known), statusOf(record))
      const records: { put(record: object): void } = store[collection]
      records.put(record)
      knowledge.onChange?.()
      return true
    },
    noteGone: (collection, key, status) => {
      remove(collection, key)
      remember(gone, `${collection} ${key}`, status)
    },
    goneStatus: (collection, key) => gone.get(`${collection} ${key}`) ?? (isComplete ? 404 : undefined),
    isGone: (collection, key) => gone.has(`${collection} ${key}`),
    drop: remove,
    noteList: ({ by, words }) => {
      for (const word of words) if (listed.size < MOST_REMEMBERED) listed.add(`${by} ${word}`)
      if (by === 'status' && counts) {
        const known: Counts = store.pets.inventory()
        counts = { ...counts, ...Object.fromEntries(words.map((word) => [word, known[word] ?? 0])) }
      }
    },
    knowsList: ({ by, words }) =>
      isComplete ||
      words.every((word) => listed.has(`${by} ${word}`)) ||
      (by === 'tags' && STATUSES.every((status) => listed.has(`status ${status}`))),
    noteInventory: (given) => {
      counts = given
    },
    forgetInventory: () => {
      counts = undefined
    },
    inventory: () => {
      const known: Counts = store.pets.inventory()
      if (counts !== undefined) {
        const least = Object.entries(known).filter(([status, count]) => count > (counts?.[status] ?? 0))
        return { ...counts, ...Object.fromEntries(least) }
      }
      return isComplete || STATUSES.every((status) => listed.has(`status ${status}`)) ? known : undefined
    },
    noteLogin: (username, password, status) => remember(logins, JSON.stringify([username, password]), status),
    loginStatus: (username, password) => logins.get(JSON.stringify([username, password])),
    onChange: undefined,
  }
  return knowledge
}

/** Forgets the oldest ones beyond the limit. */
function remember(map: Map<string, number>, key: string, value: number): void {
  map.delete(key)
  map.set(key, value)
  const [oldest] = map.keys()
  if (map.size > MOST_REMEMBERED && oldest !== undefined) map.delete(oldest)
}
