import { NO_ANSWER } from '../deliver.ts'
import type { PlainStep } from '../fault.ts'
import type { FaultKind } from '../kind.ts'

/** Resets the connection (TCP RST) in place of what the operation would do. */
export const reset: FaultKind<PlainStep<'reset'>> = {
  required: [],
  optional: [],
  begin: () => () => ({
    instead: NO_ANSWER,
    deliver: async (res) => {
      res.socket?.resetAndDestroy()
    },
  }),
}
