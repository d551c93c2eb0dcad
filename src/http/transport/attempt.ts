import { type Bounds, FAILURE, failed, late, type Sent } from './transport.ts'

/** One request under way. The first result counts; `stop` ends it from outside. */
export interface Attempt {
  readonly settle: (sent: Sent) => void
  /** Says that the answer has begun, so that a late one is described truly. */
  readonly begin: () => void
  readonly done: Promise<Sent>
}

/** Bounds one request in time, from now on, and by the signal. `destroy` is called if it does not settle by itself. */
export function startAttempt({ timeoutMs }: Bounds, signal: AbortSignal | undefined, destroy: () => void): Attempt {
  let hasBegun = false
  let resolve: (sent: Sent) => void = () => {}
  const done = new Promise<Sent>((settled) => {
    resolve = settled
  })
  const end = (sent: Sent) => {
    settle(sent)
    destroy()
  }
  const onAbort = () => end(failed('the run was stopped', FAILURE.stopped))
  const deadline = setTimeout(() => end(late(timeoutMs, hasBegun)), timeoutMs)
  const settle = (sent: Sent) => {
    clearTimeout(deadline)
    signal?.removeEventListener('abort', onAbort)
    resolve(sent)
  }
  signal?.addEventListener('abort', onAbort)
  const begin = () => {
    hasBegun = true
  }
  return { settle, begin, done }
}
