import { sendHalf } from '../deliver.ts'
import { requireBody } from '../documented.ts'
import type { PlainStep } from '../fault.ts'
import type { FaultKind } from '../kind.ts'

/** Does what the operation does, and resets the connection (TCP RST) after half of the body. */
export const resetInBody: FaultKind<PlainStep<'reset-in-body'>> = {
  required: [],
  optional: [],
  check: requireBody,
  begin: () => () => ({
    deliver: async (res, answer) => {
      await sendHalf(res, answer)
      res.socket?.resetAndDestroy()
    },
  }),
}
