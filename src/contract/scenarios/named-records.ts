import { JSON_TYPE } from '../cases/encode-body.ts'
import { isSuccess } from '../interaction.ts'
import type { Run } from '../run.ts'
import type { Sending } from '../sending.ts'
import { readEveryWay } from './read.ts'
import type { Scenario } from './scenario.ts'

/** The user "for testing", and the last of the orders, from 1, that the reference names. */
export const NAMED_USER = 'user1'
const LAST_ORDER = 10

/** Reads the user and the orders that the reference names. A server need not have them; one that has shows more of itself. */
export const namedRecords: Scenario = {
  name: 'records that the reference names',
  operations: ['getUserByName', 'getOrderById'],
  modes: ['safe', 'owned'],
  run: async (run) => {
    await readNamed(run, 'getUserByName', [{ username: NAMED_USER }], 'the user that the reference names')
    const orders = Array.from({ length: LAST_ORDER }, (_, index) => ({ orderId: index + 1 }))
    await readNamed(run, 'getOrderById', orders, 'an order that the reference names')
  },
}

/** Reads each record once, and the first that is there in every way. */
async function readNamed(
  run: Run,
  operationId: string,
  paths: readonly NonNullable<Sending['path']>[],
  about: string,
): Promise<void> {
  let isRead = false
  for (const path of paths) {
    const sending = { path, about, expect: 'documented' } as const
    const isThere = isSuccess(await run.send(operationId, { ...sending, accept: JSON_TYPE }))
    if (isThere && !isRead) await readEveryWay(run, operationId, sending)
    isRead ||= isThere
  }
}
