import { ApiError } from '../../openapi/api-error.ts'
import { isDateTime } from '../../openapi/formats.ts'
import type { SettableClock } from '../clock.ts'
import { ok } from '../reply.ts'
import type { ControlHandler } from './context.ts'

/** Tells the time of the session. */
export const getClock: ControlHandler = (_input, { session }) => ok(shown(session.clock))

/** Sets, advances, freezes or runs the clock, in this order. */
export const setClock: ControlHandler = ({ body }, { session: { clock } }) => {
  const { now, advance, frozen } = body as { now?: string; advance?: number; frozen?: boolean }
  const target = (now === undefined ? clock.now() : readTime(now)) + (advance ?? 0)
  requireDate(target)
  clock.set(target)
  if (frozen !== undefined) clock[frozen ? 'freeze' : 'run']()
  return ok(shown(clock))
}

const shown = (clock: SettableClock) => ({ now: new Date(clock.now()).toISOString(), frozen: clock.frozen })

function readTime(text: string): number {
  const time = isDateTime(text) ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(time)) return time
  throw new ApiError(400, 'now must be a time such as 2030-01-01T00:00:00Z (RFC 3339).', [
    { pointer: '/body/now', expected: 'a time such as 2030-01-01T00:00:00Z (RFC 3339)', received: text },
  ])
}

/** RFC 3339 has four digits for the year. */
function requireDate(time: number): void {
  if (time >= Date.UTC(0) && time <= Date.UTC(9999, 11, 31)) return
  throw new ApiError(400, 'The clock goes from the year 1900 to the year 9999.', [
    { pointer: '/body', expected: 'a time from the year 1900 to the year 9999' },
  ])
}
