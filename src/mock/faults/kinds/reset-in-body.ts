import { setTimeout as sleep } from 'node:timers/promises'
import { sendHalf } from '../deliver.ts'
import { requireBody } from '../documented.ts'
import type { PlainStep } from '../fault.ts'
import type { FaultKind } from '../kind.ts'

/** Milliseconds for the client to read what came: many take a reset that comes along with bytes for an orderly end. */
const SETTLE = 50

/** Does what the operation does, and resets the connection (TCP RST) after half of the body. */
export const resetInBody: FaultKind<PlainStep<'reset-in-body'>> = {
  required: [],
  optional: [],
  check: requireBody,
  begin: () => () => ({
    deliver: async (res, answer) => {
      await sendHalf(res, answer)
      await sleep(SETTLE)
      res.socket?.resetAndDestroy()
    },
  }),
}
