/** The end of a run by time or by the user, as one signal. */
export interface TimeLimit {
  readonly signal: AbortSignal
  readonly isUp: () => boolean
  readonly clear: () => void
}

/** Starts the clock of a run. */
export function startTimeLimit(ms: number, stopped: AbortSignal | undefined): TimeLimit {
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(), ms)
  return {
    signal: stopped ? AbortSignal.any([stopped, limit.signal]) : limit.signal,
    isUp: () => limit.signal.aborted,
    clear: () => clearTimeout(timer),
  }
}
