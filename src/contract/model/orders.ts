import { plainText } from '../../openapi/plain-text.ts'
import { type Interaction, isSuccess } from '../interaction.ts'
import { compareStatus, type Model, type Server, type StepKind, type StepKinds, send } from './model.ts'

/** No two orders of a sequence have one name: a server may give the id of a deleted one again. */
const nameIn = ({ name }: Model, { sent }: Server, text: string) => `${name}${sent.length}${text}`

/** Places an order under the id that the server gives; without an integer id it cannot be followed. */
const placeOrder: StepKind = {
  check: ({ orders }, { record }) => !orders.has(record),
  run: async (model, server, { record, text }) => {
    const name = nameIn(model, server, text)
    const interaction = await send(server, 'placeOrder', { json: { name, active: true } })
    const { id } = Object(interaction.value)
    if (!isSuccess(interaction) || !/^[1-9]\d*$/.test(plainText(id)))
      return compareStatus(interaction, true, 'an order')
    const orderId = plainText(id)
    const taken = [...model.orders.values()].find((order) => order.orderId === orderId)
    if (taken) return { interaction, expected: 'an id that no other order has', actual: orderId }
    model.orders.set(record, { orderId, name })
    return undefined
  },
}

/** Places an order under the id of one that is there. A server may refuse that, or give another id: then it is another order. */
const replaceOrder: StepKind = {
  check: ({ orders }, { record }) => orders.has(record),
  run: async (model, server, { record, text }) => {
    const { orderId = '' } = model.orders.get(record) ?? {}
    const name = nameIn(model, server, text)
    const json = { id: orderId, name, active: true }
    if (!server.run.maySend('placeOrder', { json })) return undefined
    const interaction = await send(server, 'placeOrder', { json, expect: 'any' })
    const { id } = Object(interaction.value)
    if (!isSuccess(interaction) || id === undefined) return undefined
    const isSame = plainText(id) === orderId
    model.orders.set(isSame ? record : FURTHER + server.sent.length, { orderId: plainText(id), name })
    return undefined
  },
}

/** Numbers from here on are of orders that no step names. */
const FURTHER = 100

const orderIdOf = ({ orders, deletedOrders }: Readonly<Model>, record: number) =>
  (orders.get(record) ?? deletedOrders.get(record))?.orderId

/** A server may give the id of a deleted order again; what its path then shows is another order. */
function hasOwnId(model: Readonly<Model>, record: number): boolean {
  const orderId = orderIdOf(model, record)
  if (orderId === undefined) return false
  return model.orders.has(record) || ![...model.orders.values()].some((order) => order.orderId === orderId)
}

const readOrder: StepKind = {
  check: (model, { record }) => hasOwnId(model, record),
  run: async (model, server, { record }) => {
    const known = model.orders.get(record)
    const interaction = await send(server, 'getOrderById', {
      path: { orderId: orderIdOf(model, record) ?? '' },
      expect: known ? 'success' : 'missing-or-invalid',
    })
    const mismatch = compareStatus(interaction, known !== undefined, 'a reading of the order')
    if (mismatch || !known) return mismatch
    const { name } = Object(interaction.value)
    return name === known.name || server.run.habits.allows('order')('/name', known.name, name)
      ? undefined
      : { interaction, expected: `/name: ${known.name}`, actual: plainText(name) }
  },
}

const deleteOrder: StepKind = {
  check: (model, { record }) => hasOwnId(model, record),
  run: async (model, server, { record }) => {
    const orderId = orderIdOf(model, record) ?? ''
    const isThere = model.orders.has(record)
    const interaction = await send(server, 'deleteOrder', {
      path: { orderId },
      expect: isThere ? 'success' : 'missing-or-invalid',
    })
    const order = model.orders.get(record)
    if (isSuccess(interaction) && order) {
      model.orders.delete(record)
      model.deletedOrders.set(record, order)
    }
    return compareStatus(interaction, isThere, 'a deletion of the order')
  },
}

/** The last order of the record that was deleted must stay away, also when a new one has its number in the model. */
const readGoneOrder: StepKind = {
  check: ({ deletedOrders }, { record }) => deletedOrders.has(record),
  run: async ({ deletedOrders }, server, { record }) => {
    const { orderId = '', name = '' } = deletedOrders.get(record) ?? {}
    const isBack = (read: Interaction) => isSuccess(read) && Object(read.value).name === name
    const until = (read: Interaction) => !isBack(read)
    const interaction = await send(server, 'getOrderById', { path: { orderId }, expect: 'any', until })
    return isBack(interaction)
      ? { interaction, expected: 'no order that was deleted', actual: `/name: ${name}` }
      : undefined
  },
}

export const ORDER_STEPS: StepKinds = {
  'place order': placeOrder,
  'replace order': replaceOrder,
  'read order': readOrder,
  'read gone order': readGoneOrder,
  'delete order': deleteOrder,
}

/** Deletes the orders that the model still has. */
export async function removeOrders({ orders }: Model, { run }: Server): Promise<void> {
  for (const { orderId } of orders.values())
    await run.send('deleteOrder', { path: { orderId }, expect: 'any', about: 'clearing up after a sequence' })
}
