/** Where every date, expiry and rate window comes from. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number
}

/** Where a mock's clock stands unless told otherwise; in the future, so that no token is expired on arrival. */
export const REFERENCE_DATE = Date.UTC(2030, 0, 1)

/** The times that a clock shows, in milliseconds. RFC 3339 has four digits for the year; HTTP dates start in 1900. */
export const FIRST_TIME = Date.UTC(1900)
export const LAST_TIME = Date.UTC(9999, 11, 31, 23, 59, 59, 999)

/** A clock that stands still, which keeps replies repeatable. */
export function fixedClock(at: number = REFERENCE_DATE): Clock {
  return { now: () => at }
}

/** A clock that can be told the time. */
export interface SettableClock extends Clock {
  /** True where it stands still. */
  readonly frozen: boolean
  /** Counts the calls that told it something. */
  readonly revision: number
  /** Sets the time, in milliseconds; it goes on standing or running. It stops at the year 1900 and the end of 9999. */
  set(now: number): void
  /** Moves the time by milliseconds, backwards too. */
  advance(by: number): void
  /** Stands still from now on. */
  freeze(): void
  /** Runs from now on, as fast as the source does. */
  run(): void
}

/** A clock that stands at `start` until it is told to run along with `source`. */
export function settableClock(source: Clock, start: number = source.now()): SettableClock {
  let at = start
  let since: number | undefined
  let revision = 0
  const now = () => (since === undefined ? at : withinRange(at + source.now() - since))
  const set = (to: number) => {
    revision += 1
    at = withinRange(to)
    if (since !== undefined) since = source.now()
  }
  return {
    now,
    set,
    get frozen() {
      return since === undefined
    },
    get revision() {
      return revision
    },
    advance: (by) => set(now() + by),
    freeze: () => {
      revision += 1
      at = now()
      since = undefined
    },
    run: () => {
      revision += 1
      since ??= source.now()
    },
  }
}

const withinRange = (time: number) => Math.min(Math.max(time, FIRST_TIME), LAST_TIME)
