import { JSON_TYPE, XML_TYPE } from '../../cases/encode-body.ts'
import { deletion } from '../../checks/deletion.ts'
import { uniqueIds } from '../../checks/unique-ids.ts'
import { type Interaction, isSuccess } from '../../interaction.ts'
import type { Run } from '../../run.ts'
import { type NamedOrder, orderIn, readNamed } from '../named-order.ts'
import { compareAtOnce } from './compare.ts'

const HOW_MANY = 4

/** Places, reads and deletes orders at the same time. */
export async function ordersAtOnce(run: Run): Promise<void> {
  const orders = await place(run)
  for (const order of orders) await readNamed(run, order, 'several orders at once')
  await compareAtOnce(
    run,
    orders.flatMap(({ orderId }) =>
      [JSON_TYPE, XML_TYPE].map((accept) => [
        'getOrderById',
        { path: { orderId }, accept, about: `an order, ${accept}` },
      ]),
    ),
  )
  await deleteSome(run, orders)
}

const idOf = ({ value }: Interaction): unknown => Object(value).id

/** Resolves with the orders that a path can name. */
async function place(run: Run): Promise<readonly NamedOrder[]> {
  const names = Array.from({ length: HOW_MANY }, (_, index) => `${run.prefix.toLowerCase()}together${index}.example`)
  const about = 'one of several orders at once'
  const sent = await run.sendTogether(
    names.map((name) => ['placeOrder', { json: { name, active: true }, accept: JSON_TYPE, about }]),
  )
  const [first, ...others] = sent.filter((placed) => isSuccess(placed) && idOf(placed) !== undefined)
  for (const other of first ? others : []) {
    const twin = sent.find((one) => one !== other && idOf(one) === idOf(other))
    run.check(uniqueIds, other, uniqueIds.different('order', twin && idOf(twin), idOf(other)))
  }
  return sent.flatMap((placed, index) => orderIn(placed, names[index] ?? '') ?? [])
}

/** Deletes the first two orders at the same time. The others must stay as they are. */
async function deleteSome(run: Run, orders: readonly NamedOrder[]): Promise<void> {
  const [deleted, kept] = [orders.slice(0, 2), orders.slice(2)]
  const sent = await run.sendTogether(
    deleted.map(({ orderId }) => ['deleteOrder', { path: { orderId }, about: 'one of several deletions at once' }]),
  )
  for (const [index, { orderId }] of deleted.entries()) {
    if (!sent[index] || !isSuccess(sent[index])) continue
    const about = 'a deleted order'
    const read = await run.send('getOrderById', { path: { orderId }, expect: 'missing-or-invalid', about })
    run.check(deletion, read, deletion.notFound(about, read, [400, 404, 405, 422]))
  }
  for (const order of kept) await readNamed(run, order, 'several deletions at once')
}
