import { isSuccess } from '../interaction.ts'
import { type Action, judge, type Play, send } from './play.ts'

/** Places an order under the number that the server gives; what has no number can be followed no further. */
const placeOrder: Action = async (play, { who, text }) => {
  if (play.orders.has(who)) return undefined
  const name = `${play.name}${text}`
  const interaction = await send(play, 'placeOrder', { json: { name, active: true } })
  const { id } = Object(interaction.value)
  if (!isSuccess(interaction) || !/^[1-9]\d*$/.test(String(id))) return judge(interaction, true, 'an order')
  const orderId = String(id)
  const taken = [...play.orders.values()].find((order) => order.orderId === orderId)
  if (taken) return { interaction, expected: 'an id that no other order has', actual: orderId }
  play.orders.set(who, { orderId, name })
  return undefined
}

const readOrder: Action = async (play, { who }) => {
  const known = play.orders.get(who)
  const orderId = known?.orderId ?? play.deletedOrders.get(who)
  if (orderId === undefined || isReused(play, who)) return undefined
  const interaction = await send(play, 'getOrderById', {
    path: { orderId },
    expect: known ? 'success' : 'missing-or-invalid',
  })
  const departure = judge(interaction, known !== undefined, 'a reading of the order')
  if (departure || !known) return departure
  const { name } = Object(interaction.value)
  return name === known.name ? undefined : { interaction, expected: `/name: ${known.name}`, actual: String(name) }
}

const deleteOrder: Action = async (play, { who }) => {
  const known = play.orders.get(who)
  const orderId = known?.orderId ?? play.deletedOrders.get(who)
  if (orderId === undefined || isReused(play, who)) return undefined
  const interaction = await send(play, 'deleteOrder', {
    path: { orderId },
    expect: known ? 'success' : 'missing-or-invalid',
  })
  if (isSuccess(interaction) && known) {
    play.orders.delete(who)
    play.deletedOrders.set(who, orderId)
  }
  return judge(interaction, known !== undefined, 'a deletion of the order')
}

/** A number may be given again once its order is gone. */
const isReused = ({ orders, deletedOrders }: Play, who: number) =>
  !orders.has(who) && [...orders.values()].some(({ orderId }) => orderId === deletedOrders.get(who))

export const ORDER_ACTIONS: Readonly<Record<string, Action>> = {
  'place order': placeOrder,
  'read order': readOrder,
  'delete order': deleteOrder,
}

/** Removes the orders that the model still has. */
export async function clearOrders({ run, orders }: Play): Promise<void> {
  for (const { orderId } of orders.values())
    await run.send('deleteOrder', { path: { orderId }, expect: 'any', about: 'clearing up after a sequence' })
}
