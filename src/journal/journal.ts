import type { Clock } from '../clock.ts'
import type { Exchange } from '../exchange.ts'
import { type Criteria, differences } from './criteria.ts'
import { type JournalEntry, type Recorded, shown } from './entry.ts'
import { type Verdict, type Verification, verify } from './verify.ts'

/** The latest requests of one session, the oldest first. */
export interface Journal {
  record(exchange: Exchange): void
  /** The requests that have what is asked for, without their secrets. */
  find(criteria?: Criteria): JournalEntry[]
  count(criteria?: Criteria): number
  verify(verification: Verification): Verdict
  /** How many requests were forgotten because there were more than it keeps. */
  readonly forgotten: number
  /** The requests as they were kept, secrets included: for exports that hide them in their own way. */
  records(): readonly Recorded[]
  clear(): void
}

/** How many requests a session remembers. */
const CAPACITY = 1_000

/** A journal that keeps so many requests, and forgets the oldest. `clock` is the session's. */
export function createJournal(clock: () => Clock, capacity: number = CAPACITY): Journal {
  let ring: Recorded[] = []
  let start = 0
  let serial = 0
  const records = () => [...ring.slice(start), ...ring.slice(0, start)]
  return {
    record: (exchange) => {
      serial += 1
      const record = { id: serial, at: clock().now(), exchange }
      if (ring.length < capacity) ring.push(record)
      else {
        ring[start] = record
        start = (start + 1) % capacity
      }
    },
    find: (criteria = {}) =>
      records()
        .filter(({ exchange }) => differences(criteria, exchange).length === 0)
        .map(shown),
    count: (criteria = {}) => records().filter(({ exchange }) => differences(criteria, exchange).length === 0).length,
    verify: (verification) => verify(records(), verification),
    get forgotten() {
      return serial - ring.length
    },
    records,
    clear: () => {
      ring = []
      start = 0
      serial = 0
    },
  }
}
