import type { Redaction } from '../../http/redaction/redaction.ts'
import type { Clock } from '../clock.ts'
import { DEFAULT_ORIGIN } from '../defaults.ts'
import { sizeOf } from '../memory/size-of.ts'
import type { Store } from '../store/store.ts'
import { type JournalEntry, type Recorded, toEntry } from './entry.ts'
import type { Exchange } from './exchange.ts'
import { exportCurl } from './export/curl.ts'
import { exportHar } from './export/har.ts'
import { exportJest, type Replay } from './export/jest.ts'
import { type Criteria, differences } from './pattern.ts'
import { createRing, type Room } from './ring.ts'
import { type Verdict, type Verification, verify, withHint } from './verify.ts'

/** The latest requests of one session, the oldest first. */
export interface Journal {
  /** Gives the request as it is kept. */
  record(exchange: Exchange): Recorded
  /** Records that the state was changed other than by a request. The store must not change any more. */
  mark(store: Store): void
  /** The requests that match, without their secrets; all without a pattern. */
  find(pattern?: Criteria): JournalEntry[]
  count(pattern?: Criteria): number
  verify(verification: Verification): Verdict
  /** The number of requests that were forgotten because there were more, or larger ones, than the journal keeps. */
  readonly forgotten: number
  /** The requests as an HTTP archive, without their secrets. `base` is the address of the mock. */
  har(base?: string): { readonly log: object }
  /** The requests as commands of curl, without their secrets. */
  curl(base?: string): string
  /** The requests as a jest test that passes when it is run, without their secrets. */
  jest(): string
  clear(): void
  /** The bytes in memory that it holds, decoded bodies included. */
  readonly bytes: number
  /** Forgets the requests that it has, and counts them as forgotten. */
  forget(): void
  /** The states that it remembers for the export as a test. */
  states(): readonly Store[]
}

/** Sources that a journal depends on. */
export interface JournalOptions {
  /** The session's clock. */
  readonly clock: () => Clock
  /** The session's store. */
  readonly store: () => Store
  readonly version: () => string
  readonly replay: Replay
  /** Knows the keys of the mock. */
  readonly redaction: Redaction
  /** The operations of the document that is enforced. */
  readonly operationIds: () => readonly string[]
}

/** The limits of a journal: requests, and the bytes that they take in memory. */
export const ROOM: Room = { values: 1_000, bytes: 32 * 1024 * 1024 }

/** After so many requests the state is remembered, so that the requests that are left of a long run can be replayed. */
const MARK_EVERY = ROOM.values / 4

const READS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** A journal that forgets the oldest requests beyond its limits. A request that is larger alone is kept without its bodies. */
export function createJournal(
  { clock, store, version, replay, redaction, operationIds }: JournalOptions,
  room: Room = ROOM,
): Journal {
  const ring = createRing<Recorded>(room, ({ size }) => size)
  let serial = 0
  let from: Store | undefined
  const matching = (pattern: Criteria) =>
    ring.values().filter(({ exchange }) => differences(pattern, exchange).length === 0)
  return {
    record: (whole) => {
      serial += 1
      const { exchange, size, truncated } = keptOf(whole, room)
      const recorded = { id: serial, at: clock().now(), exchange, from, size, truncated }
      ring.push(recorded)
      from = undefined
      // A replay leaves out a write whose response a fault changed, or whose body was not kept, but its effect is in the state.
      const isLost = (exchange.interference !== undefined || truncated) && !READS.has(exchange.method)
      if (isLost || serial % MARK_EVERY === 0) from = store().fork()
      return recorded
    },
    mark: (state) => {
      from = state
    },
    find: (pattern = {}) => matching(pattern).map((record) => toEntry(record, redaction)),
    count: (pattern = {}) => matching(pattern).length,
    verify: (verification) => withHint(verify(ring.values(), verification, redaction), verification, operationIds()),
    get forgotten() {
      return serial - ring.size
    },
    har: (base = DEFAULT_ORIGIN) =>
      exportHar(ring.values(), { base: redaction.hide(base), version: version(), redaction }),
    curl: (base = DEFAULT_ORIGIN) => exportCurl(ring.values(), redaction.hide(base), redaction),
    jest: () => exportJest(ring.values(), replay, redaction),
    clear: () => {
      ring.clear()
      serial = 0
      from = store().fork()
    },
    get bytes() {
      return ring.bytes
    },
    forget: () => {
      ring.clear()
      from = store().fork()
    },
    states: () => [...ring.values(), { from }].flatMap((record) => record.from ?? []),
  }
}

/** The exchange, or the rest of one that alone would fill the journal. */
function keptOf(exchange: Exchange, { bytes }: Room): Pick<Recorded, 'exchange' | 'size' | 'truncated'> {
  const size = sizeOfExchange(exchange)
  if (size <= bytes) return { exchange, size }
  const { violations } = exchange
  const rest = {
    ...exchange,
    requestBody: new Uint8Array(0),
    requestValue: undefined,
    responseText: '',
    violations: violations.map(({ received: _received, ...violation }) => violation),
  }
  return { exchange: rest, size: sizeOfExchange(rest), truncated: true }
}

/** The objects of an exchange, and the names and places of its headers. */
const HEAD = 1_024

function sizeOfHeaders(headers: Exchange['requestHeaders']): number {
  let size = 0
  for (const value of Object.values(headers)) size += typeof value === 'string' ? value.length : sizeOf(value)
  return size
}

function sizeOfExchange(exchange: Exchange): number {
  const { target, requestHeaders, requestBody, requestValue, responseText, violations, unknownQuery } = exchange
  return (
    HEAD +
    target.length +
    sizeOfHeaders(requestHeaders) +
    requestBody.length +
    responseText.length +
    (requestValue === undefined ? 0 : sizeOf(requestValue)) +
    (violations.length > 0 ? sizeOf(violations) : 0) +
    (unknownQuery.length > 0 ? sizeOf(unknownQuery) : 0)
  )
}
