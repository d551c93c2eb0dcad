import { ApiError } from '../../openapi/api-error.ts'
import { isDateTime } from '../../openapi/formats.ts'
import { FIRST_TIME, LAST_TIME, type SettableClock } from '../clock.ts'
import { ok } from '../exchange/reply.ts'
import type { AdminHandler } from './handler.ts'

/** Tells the time of the session. */
export const getClock: AdminHandler<'getClock'> = (_input, { session }) => ok(readingOf(session.clock))

/** Sets, advances, freezes or runs the clock, in this order. */
export const setClock: AdminHandler<'setClock'> = ({ body: { now, advance = 0, frozen } }, { session: { clock } }) => {
  const time = (now === undefined ? clock.now() : readTime(now)) + advance
  requireClockTime(time)
  clock.set(time)
  if (frozen !== undefined) clock[frozen ? 'freeze' : 'run']()
  return ok(readingOf(clock))
}

const readingOf = (clock: SettableClock) => ({ now: new Date(clock.now()).toISOString(), frozen: clock.frozen })

/** `Date` has no leap seconds, which RFC 3339 allows. */
function readTime(text: string): number {
  const time = isDateTime(text) ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(time)) return time
  throw new ApiError(400, 'now must be a time such as 2030-01-01T00:00:00Z (RFC 3339).', [
    { pointer: '/body/now', expected: 'a time such as 2030-01-01T00:00:00Z (RFC 3339)', received: text },
  ])
}

function requireClockTime(time: number): void {
  if (time >= FIRST_TIME && time <= LAST_TIME) return
  throw new ApiError(400, 'The clock goes from the year 1900 to the year 9999.', [
    { pointer: '/body', expected: 'a time from the year 1900 to the year 9999' },
  ])
}
