/** Where every date, expiry and rate window comes from. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number
}

/** Where a mock's clock stands unless told otherwise; in the future, so that no token is expired on arrival. */
export const REFERENCE_DATE = Date.UTC(2030, 0, 1)

/** A clock that stands still, which keeps replies repeatable. */
export function fixedClock(at: number = REFERENCE_DATE): Clock {
  return { now: () => at }
}
