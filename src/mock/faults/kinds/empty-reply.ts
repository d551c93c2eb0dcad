import type { PlainStep } from '../fault.ts'
import type { FaultKind } from '../kind.ts'

/** Closes the connection without a byte, in place of what the operation would do. */
export const emptyReply: FaultKind<PlainStep<'empty-reply'>> = {
  required: [],
  optional: [],
  start: () => () => ({ response: { status: 0, headers: {}, transmission: { kind: 'empty-reply' } } }),
}
