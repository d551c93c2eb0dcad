import { createRing, type Room } from '../requests/ring.ts'

/** The latest events, for listeners that come back. */
export interface History {
  /** Gives the next id. */
  nextId(): number
  add(id: number, text: string): void
  /** The texts of the events after this one; undefined if some are no longer known, or the id never was. */
  after(id: number): string[] | undefined
  /** The id of the latest event, or the one before the first. */
  readonly lastId: number
  /** Forgets all events, so that no id is known but the latest. */
  forget(): void
  /** Forgets that the latest id was given, since events were missed after it. */
  skip(): void
  readonly bytes: number
}

interface Kept {
  readonly id: number
  readonly text: string
}

/** The limits of a history: events, and their bytes as text in memory. */
export const ROOM: Room = { values: 2_000, bytes: 8 * 1024 * 1024 }

/** A character takes two bytes where one of its text needs them. */
const sizeOf = ({ text }: Kept) => 2 * text.length

/** Starts without events; the first gets the id after `lastId`. */
export function createHistory(lastId: number, room: Room = ROOM): History {
  const ring = createRing<Kept>(room, sizeOf)
  let last = lastId
  const firstKnown = () => (ring.values()[0]?.id ?? last + 1) - 1
  return {
    nextId: () => {
      last += 1
      return last
    },
    add: (id, text) => ring.push({ id, text }),
    after: (id) => {
      if (!(id >= firstKnown() && id <= last)) return undefined
      return ring.values().flatMap((kept) => (kept.id > id ? kept.text : []))
    },
    get lastId() {
      return last
    },
    get bytes() {
      return ring.bytes
    },
    forget: () => ring.clear(),
    skip: () => {
      ring.clear()
      last += 1
    },
  }
}
