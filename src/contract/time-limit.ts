/** The end of a run by time or by the user, as one signal. */
export interface TimeLimit {
  readonly signal: AbortSignal
  readonly isUp: () => boolean
  readonly clear: () => void
}

/** Starts the clock of a run. */
export function startTimeLimit(ms: number, stopped: AbortSignal | undefined): TimeLimit {
  const limit = new AbortController()
  let isUp = false
  const timer = setTimeout(() => {
    isUp = true
    limit.abort()
  }, ms)
  // AbortSignal.any takes no signal of another realm, such as those of jsdom.
  const stop = () => limit.abort(stopped?.reason)
  stopped?.addEventListener('abort', stop)
  if (stopped?.aborted) stop()
  return {
    signal: limit.signal,
    isUp: () => isUp,
    clear: () => {
      clearTimeout(timer)
      stopped?.removeEventListener('abort', stop)
    },
  }
}
