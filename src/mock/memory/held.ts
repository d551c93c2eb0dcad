import type { Journal } from '../requests/journal.ts'
import type { Store } from '../store/store.ts'

/** The memory that one session holds, in bytes. */
export interface Held {
  /** Counts quickly, and never less than there is: records that were replaced count until the next recount. */
  bytes(): number
  /** Counts the records that are still kept. */
  recount(): number
  /** Forgets the requests in the journal. */
  forget(): void
}

/** The parts of a session that take memory. */
export interface Holder {
  readonly store: () => Store
  /** The state that the session shares with others. */
  readonly seed: () => Store
  /** The states that the snapshots remember. */
  readonly remembered: () => readonly Store[]
  readonly journal: Journal
  /** The bytes of the faults. */
  readonly faults: () => number
}

/** A session with nothing in it: its clock, indexes and counts. */
const EMPTY = 16 * 1024
/** A snapshot that differs in nothing. */
const SNAPSHOT = 2 * 1024

/** Starts with what the store holds now. */
export function createHeld({ store, seed, remembered, journal, faults }: Holder): Held {
  let known = store()
  let seen = known.written
  let written = 0
  const note = () => {
    const now = store()
    written += Math.max(0, now.written - seen)
    known = now
    seen = now.written
  }
  const bytes = () => {
    if (store() !== known || store().written !== seen) note()
    return EMPTY + written + store().listed + journal.bytes + faults() + SNAPSHOT * remembered().length
  }
  return {
    bytes,
    recount: () => {
      note()
      const kept = new Set<object>()
      written = 0
      for (const one of [store(), ...remembered(), ...journal.states()]) written += one.sizeBeside(seed(), kept)
      return bytes()
    },
    forget: () => journal.forget(),
  }
}
