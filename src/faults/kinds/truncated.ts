import { hasBody } from '../documented.ts'
import { drain, sendHalf } from '../deliver.ts'
import type { PlainStep } from '../fault.ts'
import type { FaultKind } from '../kind.ts'

/** Does what the operation does, announces the whole body, sends half of it and closes the connection. */
export const truncated: FaultKind<PlainStep<'truncated'>> = {
  required: [],
  optional: [],
  check: (_step, operations, invalid) => {
    if (!operations.some(hasBody)) throw invalid('kind', 'one for an operation whose 200 has no body')
  },
  begin: () => () => ({
    deliver: async (res, answer) => {
      await sendHalf(res, answer)
      await drain(res.req)
      res.socket?.destroySoon()
    },
  }),
}
