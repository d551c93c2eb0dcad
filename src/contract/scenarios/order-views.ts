import { JSON_TYPE } from '../cases/encode-body.ts'
import { isSuccess } from '../interaction.ts'
import { checkGoneOrder } from '../known-records.ts'
import type { Run } from '../run.ts'
import { type NamedOrder, orderIn, placeNamed, readNamed } from './named-order.ts'
import { compareXml } from './read.ts'
import { type Scenario, WRITING } from './scenario.ts'

/** Reads orders in every way after every way to write them. One that was deleted must not come back by the next write. */
export const orderViews: Scenario = {
  name: 'views of orders after each write',
  operations: ['placeOrder', 'getOrderById', 'deleteOrder'],
  isAddition: true,
  isThorough: true,
  modes: WRITING,
  run: async (run) => {
    if (run.mode === 'owned' && !run.allowLeftovers) return
    const first = await placeNamed(run, 'view0', 'an order to look at')
    if (!first) return
    await view(run, first, 'a creation')
    const again = (await placeAgain(run, first, 'view1', 'an order that was read')) ?? first
    if (!(await remove(run, again))) return
    const second = await placeNamed(run, 'view2', 'an order after a deletion')
    await checkGoneOrder(run, again, 'the creation of the next order')
    if (second) await view(run, second, 'a deletion of another one')
    // The next order may have got the id that was free again.
    const isFree = second?.orderId !== again.orderId
    const third = isFree ? await placeAgain(run, again, 'view3', 'an order that was deleted') : undefined
    if (second && (await remove(run, second))) {
      if (third) await view(run, third, 'the deletion of the next order')
      await checkGoneOrder(run, second, 'its deletion')
    }
    if (third) await remove(run, third)
  },
}

async function view(run: Run, order: NamedOrder, cause: string): Promise<void> {
  const json = await readNamed(run, order, cause)
  await compareXml(run, json, { path: { orderId: order.orderId }, about: `XML of an order after ${cause}` })
}

/** Places an order under the id of another one. A server may refuse that, or give an id of its own. */
async function placeAgain(
  run: Run,
  { orderId }: NamedOrder,
  label: string,
  what: string,
): Promise<NamedOrder | undefined> {
  const name = `${run.prefix.toLowerCase()}${label}.example`
  const about = `${what}, placed again`
  const sending = { json: { id: orderId, name, active: true }, accept: JSON_TYPE, expect: 'any', about } as const
  if (!run.maySend('placeOrder', sending)) return undefined
  const order = orderIn(await run.send('placeOrder', sending), name)
  if (order?.orderId !== orderId) return undefined
  await view(run, order, about)
  return order
}

/** Resolves with true if the server says that it deleted the order, which then is not there. */
async function remove(run: Run, order: NamedOrder): Promise<boolean> {
  const path = { orderId: order.orderId }
  if (!isSuccess(await run.send('deleteOrder', { path, about: 'deleting an order to look at' }))) return false
  await checkGoneOrder(run, order, 'its deletion')
  return true
}
