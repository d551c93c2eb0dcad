import { hasBody } from '../documented.ts'
import { sendHalf } from '../deliver.ts'
import type { PlainStep } from '../fault.ts'
import type { FaultKind } from '../kind.ts'

/** Does what the operation does, and resets the connection (TCP RST) after half of the body. */
export const resetInBody: FaultKind<PlainStep<'reset-in-body'>> = {
  required: [],
  optional: [],
  check: (_step, operations, invalid) => {
    if (!operations.some(hasBody)) throw invalid('kind', 'one for an operation whose 200 has no body')
  },
  begin: () => () => ({
    deliver: async (res, answer) => {
      await sendHalf(res, answer)
      res.socket?.resetAndDestroy()
    },
  }),
}
