import { requireBody } from '../documented.ts'
import type { PlainStep } from '../fault.ts'
import type { FaultKind } from '../kind.ts'

/** Does what the operation does, and resets the connection (TCP RST) after half of the body. */
export const resetInBody: FaultKind<PlainStep<'reset-in-body'>> = {
  required: [],
  optional: [],
  check: requireBody,
  start: () => () => ({ change: (response) => ({ ...response, transmission: { kind: 'reset-in-body' } }) }),
}
