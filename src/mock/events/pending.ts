import type { Recorded } from '../requests/entry.ts'
import { createRing, type Room } from '../requests/ring.ts'

/** A request that is not written as an event yet. */
export interface Noted {
  readonly request: Recorded
  readonly session: string
}

/** The requests that wait to be written. If they come faster than they are written, the oldest are left out. */
export interface Pending {
  add(noted: Noted): void
  /** Takes the oldest. */
  take(): Noted | undefined
  /** True if some were left out since `takeMissed`. */
  readonly hasMissed: boolean
  /** Leaves out all but so many of the latest. */
  leave(count: number): void
  /** The number that was left out since it was asked last. */
  takeMissed(): number
  /** Leaves out all of them. */
  forget(): void
  readonly bytes: number
  readonly size: number
}

/** The limits of what waits: requests, and the bytes that they take in memory. */
export const WAITING: Room = { values: 1_000, bytes: 8 * 1024 * 1024 }

/** Starts with nothing. */
export function createPending(room: Room = WAITING): Pending {
  const ring = createRing<Noted>(room, ({ request }) => request.size)
  let due = 0
  return {
    add: (noted) => {
      ring.push(noted)
      due += 1
    },
    take: () => {
      const oldest = ring.shift()
      if (oldest) due -= 1
      return oldest
    },
    get hasMissed() {
      return due > ring.size
    },
    leave: (count) => {
      while (ring.size > count) ring.shift()
    },
    takeMissed: () => {
      const missed = due - ring.size
      due = ring.size
      return missed
    },
    forget: () => ring.clear(),
    get bytes() {
      return ring.bytes
    },
    get size() {
      return ring.size
    },
  }
}
