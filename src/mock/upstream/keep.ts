import { equalJson } from '../../openapi/equal-json.ts'
import { isObject } from '../../openapi/json-object.ts'
import { plainText } from '../../openapi/plain-text.ts'
import type { Memory } from '../memory/memory.ts'
import { sizeOf } from '../memory/size-of.ts'
import type { Session } from '../sessions/session.ts'
import { type Key, recordOf } from '../store/record-of.ts'
import type { CollectionName } from '../store/state.ts'
import type { Store } from '../store/store.ts'
import type { CheckedAnswer } from './check-answer.ts'
import type { Counts, Filter } from './knowledge.ts'
import type { LiveSide } from './live-side.ts'
import { forgetSeen, isChangedHere, putSeen, type Stores, seenRecord } from './seen.ts'
import type { RecordSubject } from './subject.ts'

/** The session, and what the live server's answers are kept in. */
export interface Keeping {
  readonly side: Pick<LiveSide, 'knowledge' | 'recorder'>
  readonly session: Stores
  /** True if there is memory for so many bytes more. */
  readonly hasRoom: (bytes: number) => boolean
}

type Fields = Readonly<Record<string, unknown>>

/** The property that a collection is keyed by. */
const KEY: { readonly [Name in CollectionName]: string } = {
  pets: 'id',
  users: 'username',
  domains: 'id',
  orders: 'id',
}

/** Keeps one record that the live server gave at its own path; false if it cannot be kept. */
export function keepRecord(
  keeping: Keeping,
  { collection, key }: RecordSubject,
  { value, ...checked }: CheckedAnswer,
): boolean {
  const place = `${collection}/${key}`
  if (!isObject(value) || checked.violations.some(({ pointer }) => pointer.startsWith('/body'))) {
    keeping.side.recorder.leaveOut(place, checked.violations[0]?.pointer ?? 'no record')
    return false
  }
  const record = { ...value, [KEY[collection]]: collection === 'pets' ? key : String(key) }
  return keep(keeping, collection, key, record)
}

/** Puts a record into the session and into what is known. An equal one stays the same object. */
function keep(keeping: Keeping, collection: CollectionName, key: Key, record: Fields): boolean {
  const { side, session, hasRoom } = keeping
  if (hasBigInt(record)) {
    side.recorder.leaveOut(`${collection}/${key}`, 'an integer beyond 2^53')
    return false
  }
  const known = recordOf(side.knowledge.store, collection, key)
  const kept = known !== undefined && equalJson(known, record) ? known : record
  const isNew = kept !== known
  if (isNew && !hasRoom(2 * sizeOf(record))) return false
  if (isNew && !side.knowledge.note(collection, key, kept)) {
    side.recorder.leaveOut(`${collection}/${key}`, 'no memory left')
    return false
  }
  if (seenRecord(session, collection, key) !== kept || recordOf(session.store, collection, key) === undefined)
    putSeen(session, collection, key, kept)
  return true
}

/** Asks the budget of all sessions. */
export const roomIn =
  (memory: Memory, session: Session): Keeping['hasRoom'] =>
  (bytes) => {
    try {
      memory.requireRoom(session, bytes)
      return true
    } catch {
      return false
    }
  }

/** True if an integer beyond 2^53 is in the value, which no store of the mock holds. */
export const hasBigInt = (value: unknown): boolean =>
  typeof value === 'bigint' || (typeof value === 'object' && value !== null && Object.values(value).some(hasBigInt))

/** The live server has no such record. */
export function dropRecord({ side, session }: Keeping, { collection, key }: RecordSubject, status: number): void {
  side.knowledge.noteGone(collection, key, status)
  forgetSeen(session, collection, key)
}

/** A list of the live server after it was kept. */
export interface KeptList {
  /** The items that conform and were not changed here. */
  readonly theirs: readonly Fields[]
  /** True if the store has each of them. */
  readonly isWhole: boolean
  /** True if it shows the id of each pet, so that nothing else is in it. */
  readonly isListed: boolean
  /** True if the session's own changes show in it. */
  readonly isTouched: boolean
}

/** Keeps the pets of a list, and lets those go that the list no longer has. */
export function keepList(keeping: Keeping, filter: Filter, checked: CheckedAnswer): KeptList {
  const { side, session } = keeping
  const items: readonly unknown[] = Array.isArray(checked.value) ? checked.value : []
  const wrong = new Set(checked.violations.map(({ pointer }) => /^\/body\/(\d+)/.exec(pointer)?.[1]))
  const ids = new Set<number>()
  const theirs: Fields[] = []
  let isWhole = Array.isArray(checked.value)
  let isTouched = false
  for (const [index, item] of items.entries()) {
    const id = isObject(item) ? item.id : undefined
    if (isKey(id)) ids.add(id)
    if (wrong.has(String(index)) || !isObject(item)) {
      isWhole = false
      side.recorder.leaveOut(`pets/${plainText(id ?? '?')}`, `${filter.by} list, item ${index}`)
      continue
    }
    if (isKey(id) && isChangedHere(session, 'pets', id)) isTouched = true
    else theirs.push(item)
    if (!isKey(id) || !keepItem(keeping, id, item)) isWhole = false
  }
  const isEveryIdKnown = ids.size === items.length
  if (isEveryIdKnown) removeOthers(keeping, filter, ids)
  const found = matching(session.store, filter)
  const shown = new Set(found.map(({ id }) => id))
  return {
    theirs,
    isListed: isEveryIdKnown,
    isWhole: isWhole && theirs.every(({ id }) => isKey(id) && shown.has(id)),
    isTouched: isTouched || found.some(({ id }) => isChangedHere(session, 'pets', id)),
  }
}

const isKey = (id: unknown): id is number => Number.isSafeInteger(id) && Number(id) >= 0

/** A list may show less of a pet than its own path did, so that what was known besides stays. */
function keepItem(keeping: Keeping, id: number, item: Fields): boolean {
  const known = recordOf(keeping.side.knowledge.store, 'pets', id)
  return keep(keeping, 'pets', id, { ...known, ...item })
}

/** The pets of a store that a filter finds. */
export const matching = ({ pets }: Store, { by, words }: Filter) =>
  by === 'status' ? pets.byStatus(words as Parameters<typeof pets.byStatus>[0]) : pets.byTags(words)

function removeOthers({ side, session }: Keeping, filter: Filter, ids: ReadonlySet<number>): void {
  for (const { id } of matching(side.knowledge.store, filter)) if (!ids.has(id)) side.knowledge.drop('pets', id)
  for (const { id } of matching(session.store, filter))
    if (!ids.has(id) && !isChangedHere(session, 'pets', id)) forgetSeen(session, 'pets', id)
}

/** Puts what is known of a filter into the session, and lets the rest go. */
export function recallList({ side, session }: Keeping, filter: Filter): void {
  const known = matching(side.knowledge.store, filter)
  const ids = new Set(known.map(({ id }) => id))
  for (const pet of known) if (seenRecord(session, 'pets', pet.id) !== pet) putSeen(session, 'pets', pet.id, pet)
  for (const { id } of matching(session.store, filter))
    if (!ids.has(id) && !isChangedHere(session, 'pets', id)) forgetSeen(session, 'pets', id)
}

/** By how much the session's own changes differ from what the live server counts. */
export function ownCounts(session: Stores): Map<string, number> {
  const { store, start } = session
  const ids = new Set<number>([...store.pets.keys(), ...start.pets.keys(), ...seenIds(store)])
  const counts = new Map<string, number>()
  const add = (record: object | undefined, by: number) => {
    const status = record && 'status' in record ? plainText(record.status) : undefined
    if (status !== undefined) counts.set(status, (counts.get(status) ?? 0) + by)
  }
  for (const id of ids) {
    if (!isChangedHere(session, 'pets', id)) continue
    add(seenRecord(session, 'pets', id), -1)
    add(recordOf(store, 'pets', id), 1)
  }
  return new Map([...counts].filter(([, count]) => count !== 0))
}

const seenIds = (store: Store): number[] =>
  [...store.added.keys()].flatMap((name) => {
    const [, id] = /^live pets (\d+)$/.exec(name) ?? []
    return id === undefined ? [] : [Number(id)]
  })

/** The live counts with the session's own changes. */
export function withOwn(counts: Counts, own: ReadonlyMap<string, number>): Counts {
  const merged: Record<string, number> = { ...counts }
  for (const [status, by] of own) merged[status] = Math.max(0, (merged[status] ?? 0) + by)
  return merged
}
