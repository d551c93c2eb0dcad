import { LONGEST_DELAY } from '../../defaults.ts'
import { requireBody } from '../documented.ts'
import type { SlowBodyStep } from '../fault.ts'
import type { FaultKind } from '../kind.ts'

export const MOST_CHUNKS = 1000
const CHUNKS = 10

/** Sends the head at once and the body little by little; it is whole in the end. */
export const slowBody: FaultKind<SlowBodyStep> = {
  required: ['ms'],
  optional: ['chunks'],
  check: (step, operations, invalid) => {
    const { ms, chunks = CHUNKS } = step
    if (ms < 0 || ms > LONGEST_DELAY) throw invalid('ms', `from 0 to ${LONGEST_DELAY}`)
    if (chunks < 1 || chunks > MOST_CHUNKS) throw invalid('chunks', `from 1 to ${MOST_CHUNKS}`)
    requireBody(step, operations, invalid)
  },
  start:
    ({ ms, chunks = CHUNKS }) =>
    () => ({ change: (response) => ({ ...response, transmission: { kind: 'slow-body', ms, chunks } }) }),
}
