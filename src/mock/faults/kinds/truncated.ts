import { requireBody } from '../documented.ts'
import type { PlainStep } from '../fault.ts'
import type { FaultKind } from '../kind.ts'

/** Does what the operation does, announces the whole body, sends half of it and closes the connection. */
export const truncated: FaultKind<PlainStep<'truncated'>> = {
  required: [],
  optional: [],
  check: requireBody,
  start: () => () => ({ change: (response) => ({ ...response, transmission: { kind: 'truncated' } }) }),
}
