import type { PlainStep } from '../fault.ts'
import type { FaultKind } from '../kind.ts'

/** As usual. */
export const none: FaultKind<PlainStep<'none'>> = {
  required: [],
  optional: [],
  start: () => () => ({}),
}
