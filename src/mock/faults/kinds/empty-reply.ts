import { drain, NO_ANSWER } from '../deliver.ts'
import type { PlainStep } from '../fault.ts'
import type { FaultKind } from '../kind.ts'

/** Closes the connection without a byte, in place of what the operation would do. */
export const emptyReply: FaultKind<PlainStep<'empty-reply'>> = {
  required: [],
  optional: [],
  begin: () => () => ({
    instead: NO_ANSWER,
    deliver: async (res) => {
      await drain(res.req)
      res.socket?.destroySoon()
    },
  }),
}
