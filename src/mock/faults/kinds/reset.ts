import type { PlainStep } from '../fault.ts'
import type { FaultKind } from '../kind.ts'

/** Resets the connection (TCP RST) in place of what the operation would do. */
export const reset: FaultKind<PlainStep<'reset'>> = {
  required: [],
  optional: [],
  start: () => () => ({ response: { status: 0, headers: {}, transmission: { kind: 'reset' } } }),
}
