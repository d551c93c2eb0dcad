import { DEFAULTS, LONGEST_DELAY } from './defaults.ts'
import type { MockOptions } from './options.ts'
import { requirePack } from './store/pack.ts'

/** Throws a RangeError with what to do for options that the compiler cannot check, or did not, as in JavaScript. */
export function requireOptions({ delay = DEFAULTS.delay, pack = DEFAULTS.pack }: MockOptions): void {
  if (!(delay >= 0 && delay <= LONGEST_DELAY))
    throw new RangeError(`The option delay must be from 0 to ${LONGEST_DELAY} milliseconds, not ${delay}.`)
  requirePack(pack)
}
