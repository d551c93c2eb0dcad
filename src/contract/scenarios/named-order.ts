import { plainText } from '../../openapi/plain-text.ts'
import { JSON_TYPE } from '../cases/encode-body.ts'
import { readBack } from '../checks/read-back.ts'
import { type Interaction, isSuccess } from '../interaction.ts'
import type { Run } from '../run.ts'

/** An order that a path can name. */
export interface NamedOrder {
  readonly orderId: string
  readonly name: string
}

/** The order of an answer; undefined if it has no integer id. */
export function orderIn(placed: Interaction, name: string): NamedOrder | undefined {
  const orderId = plainText(Object(placed.value).id)
  return isSuccess(placed) && /^[1-9]\d*$/.test(orderId) ? { orderId, name } : undefined
}

/** Places an order whose name begins with the prefix of the run. */
export async function placeNamed(run: Run, label: string, about: string): Promise<NamedOrder | undefined> {
  const name = `${run.prefix.toLowerCase()}${label}.example`
  return orderIn(await run.send('placeOrder', { json: { name, active: true }, accept: JSON_TYPE, about }), name)
}

/** Reads the order. It must have its name. */
export async function readNamed(run: Run, { orderId, name }: NamedOrder, cause: string): Promise<Interaction> {
  const about = `an order after ${cause}`
  const read = await run.send('getOrderById', { path: { orderId }, accept: JSON_TYPE, about })
  const shown: unknown = Object(read.value).name
  if (isSuccess(read))
    run.check(readBack, read, readBack.named('an order', name, shown, run.habits.toleranceFor('order')))
  return read
}
