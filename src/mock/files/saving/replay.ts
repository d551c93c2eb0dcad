import type { Violation } from '../../../openapi/api-error.ts'
import type { ApiDocument } from '../../../openapi/document.ts'
import { isObject } from '../../../openapi/json-object.ts'
import { acceptState } from '../../admin/accept-state.ts'
import type { Counters } from '../../store/seed-data.ts'
import { COLLECTIONS, type CollectionName } from '../../store/state.ts'
import type { Change } from './changes.ts'
import { type Base, BrokenLogError, type LogLine } from './log.ts'

/** The content of a log: the state files that its changes may follow, and the sum of the changes. */
export interface Replay {
  readonly bases: ReadonlySet<Base>
  /** The hashes of texts that the state file was to be overwritten with in place. */
  readonly inPlace: ReadonlySet<string>
  /** Undefined if nothing was changed. */
  readonly change: Change | undefined
  /** How many acknowledged changes it holds. */
  readonly count: number
}

/** The last that a log says of one record. */
interface Last {
  readonly place: string
  /** Undefined if the record was deleted. */
  readonly record: unknown
}

type Lasts = { readonly [Name in CollectionName]: Map<unknown, Last> }

interface Summary {
  readonly bases: Set<Base>
  readonly lasts: Lasts
  readonly inPlace: Set<string>
  counters: { readonly place: string; readonly value: unknown } | undefined
  count: number
}

/** Reads what the lines of a log come to. Rejects with a BrokenLogError that names a line which the document refuses. */
export async function replay(lines: readonly LogLine[], admin: () => ApiDocument): Promise<Replay> {
  const summary: Summary = {
    bases: new Set(),
    lasts: { pets: new Map(), users: new Map(), domains: new Map(), orders: new Map() },
    inPlace: new Set(),
    counters: undefined,
    count: 0,
  }
  for (const line of lines) if (!take(line, summary)) throw broken(line.place, 'is no change of a state')
  const { bases, inPlace, count } = summary
  return { bases, inPlace, count, change: count > 0 ? await changeOf(summary, admin()) : undefined }
}

function take({ place, value }: LogLine, summary: Summary): boolean {
  if (!isObject(value)) return false
  const { base, inPlace, put, delete: gone, counters } = value
  if (base !== undefined) summary.bases.add(typeof base === 'string' ? base : null)
  else if (typeof inPlace === 'string') summary.inPlace.add(inPlace)
  else {
    if (put === undefined && gone === undefined && counters === undefined) return false
    if (counters !== undefined) summary.counters = { place, value: counters }
    summary.count += 1
    return takeDeletes(gone, place, summary.lasts) && takePuts(put, place, summary.lasts)
  }
  return true
}

function takeDeletes(gone: unknown, place: string, lasts: Lasts): boolean {
  return eachList(gone, (name, key) => lasts[name].set(key, { place, record: undefined }))
}

function takePuts(put: unknown, place: string, lasts: Lasts): boolean {
  return eachList(put, (name, record) => lasts[name].set(keyOf(name, record), { place, record }))
}

function eachList(lists: unknown, take: (name: CollectionName, item: unknown) => void): boolean {
  if (lists === undefined) return true
  if (!isObject(lists)) return false
  for (const [name, list] of Object.entries(lists)) {
    const known = COLLECTIONS.find((collection) => collection === name)
    if (known === undefined || !Array.isArray(list)) return false
    for (const item of list) take(known, item)
  }
  return true
}

/** The key that the store has the record under. A record without one is its own key: the document refuses it. */
function keyOf(name: CollectionName, record: unknown): unknown {
  if (!isObject(record)) return record
  const key = record[name === 'users' ? 'username' : 'id'] ?? record
  return name === 'orders' && typeof key === 'string' ? Number(key) : key
}

async function changeOf({ lasts, counters }: Summary, admin: ApiDocument): Promise<Change> {
  const puts = COLLECTIONS.map((name) => [name, [...lasts[name].values()].filter(isPut)] as const)
  const value = {
    ...Object.fromEntries(puts.map(([name, list]) => [name, list.map(({ record }) => record)])),
    ...(counters && { counters: counters.value }),
  }
  const accepted = await acceptState(admin, value)
  if (!('state' in accepted)) throw refused(accepted.violations[0], Object.fromEntries(puts), counters?.place)
  const { counters: counted, ...put } = accepted.state
  return { put, delete: deletesOf(lasts), ...(counted && { counters: counted satisfies Counters }) }
}

const isPut = ({ record }: Last) => record !== undefined

function deletesOf(lasts: Lasts): NonNullable<Change['delete']> {
  const keysOf = (name: CollectionName) =>
    [...lasts[name]].flatMap(([key, { record }]) => (record === undefined && isKey(key) ? [key] : []))
  return { pets: keysOf('pets'), users: keysOf('users'), domains: keysOf('domains'), orders: keysOf('orders') }
}

const isKey = (key: unknown): key is string | number => typeof key === 'string' || typeof key === 'number'

function refused(
  { pointer, expected }: Violation,
  puts: Readonly<Record<string, readonly Last[]>>,
  countersPlace = '',
): BrokenLogError {
  const [, name = '', index = '', ...rest] = pointer.replace(/^\/body/, '').split('/')
  const place = puts[name]?.[Number(index)]?.place
  const inLine = place === undefined ? [name, index] : ['put', name]
  return broken(`${place ?? countersPlace}: #/${[...inLine, ...rest].join('/')}`, `must be ${expected}`)
}

const broken = (place: string, why: string) =>
  new BrokenLogError(`${place} ${why}. It was left as it is; repair or remove the line.`)
