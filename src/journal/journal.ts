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
  /** How many requests were forgotten because there were more, or larger ones, than it keeps. */
  readonly forgotten: number
  /** The requests as they were kept, secrets included: for exports that hide them in their own way. */
  records(): readonly Recorded[]
  clear(): void
}

/** How much a session remembers. The last request is kept whatever its size. */
interface Room {
  readonly requests: number
  /** Of bodies, in requests and in answers. */
  readonly bytes: number
}

const ROOM: Room = { requests: 1_000, bytes: 32 * 1024 * 1024 }

/** A journal that forgets the oldest requests where there is no room. `clock` is the session's. */
export function createJournal(clock: () => Clock, room: Room = ROOM): Journal {
  let queue: (Recorded | undefined)[] = []
  let gone = 0
  let serial = 0
  let bytes = 0
  const kept = () => queue.length - gone
  const records = () => queue.slice(gone) as Recorded[]
  const isFull = () => kept() > room.requests || (bytes > room.bytes && kept() > 1)
  const forgetOldest = () => {
    bytes -= sizeOf(queue[gone])
    queue[gone] = undefined
    gone += 1
    // Those that are gone are cut off by the thousand: one by one, each would move all that are kept.
    if (gone < room.requests) return
    queue = queue.slice(gone)
    gone = 0
  }
  return {
    record: (exchange) => {
      serial += 1
      const record = { id: serial, at: clock().now(), exchange }
      queue.push(record)
      bytes += sizeOf(record)
      while (isFull()) forgetOldest()
    },
    find: (criteria = {}) =>
      records()
        .filter(({ exchange }) => differences(criteria, exchange).length === 0)
        .map(shown),
    count: (criteria = {}) => records().filter(({ exchange }) => differences(criteria, exchange).length === 0).length,
    verify: (verification) => verify(records(), verification),
    get forgotten() {
      return serial - kept()
    },
    records,
    clear: () => {
      queue = []
      gone = 0
      serial = 0
      bytes = 0
    },
  }
}

function sizeOf(record: Recorded | undefined): number {
  return record === undefined ? 0 : record.exchange.requestBody.length + record.exchange.responseText.length
}
