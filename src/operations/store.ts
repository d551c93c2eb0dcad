import { ApiError } from '../errors.ts'
import type { Order } from '../model.ts'
import { done, ok } from '../reply.ts'
import type { Handler } from './handler.ts'

/** The reference vouches for orders 1 to 10; other ids are invalid unless an order was placed under them. */
const HIGHEST_SAMPLE_ORDER = 10

/** Counts pets by status. */
export const getInventory: Handler<'getInventory'> = (_input, { store: { pets } }) => ok(pets.inventory())

/** Stores an order under the number that its id gives, or under the next free one. */
export const placeOrder: Handler<'placeOrder'> = ({ body }, { store }) => {
  const number = body.id === undefined ? store.nextOrderNumber() : readOrderNumber(body.id)
  const order: Order = { ...body, id: String(number) }
  store.orders.put(order)
  return ok(order)
}

/** Finds the order and gives what DomainIn has of it. */
export const getOrderById: Handler<'getOrderById'> = ({ path: { orderId } }, { store: { orders } }) => {
  const order = orders.get(orderId)
  if (order === undefined) throw orderId < 1 || orderId > HIGHEST_SAMPLE_ORDER ? invalidId(orderId) : noOrder(orderId)
  return ok(order.name === undefined ? {} : { name: order.name })
}

/** Deletes the order. */
export const deleteOrder: Handler<'deleteOrder'> = ({ path: { orderId } }, { store: { orders } }) => {
  if (orderId < 1) throw invalidId(orderId)
  if (!orders.delete(orderId)) throw noOrder(orderId)
  return done()
}

const noOrder = (id: number) => new ApiError(404, `There is no order ${id}. Place one with POST /store/order.`)

const invalidId = (id: number) =>
  new ApiError(400, `Order ids are 1 to ${HIGHEST_SAMPLE_ORDER}, or the id of an order that was placed.`, [
    { pointer: '/path/orderId', expected: `1 to ${HIGHEST_SAMPLE_ORDER}, or the id of a placed order`, received: id },
  ])

function readOrderNumber(id: string): number {
  const number = Number(id)
  if (/^[1-9][0-9]*$/.test(id) && Number.isSafeInteger(number)) return number
  const expected = `a decimal integer from 1 to ${Number.MAX_SAFE_INTEGER}, or no id at all`
  throw new ApiError(400, "An order's id is a decimal integer of 1 or more. Leave it out to get the next free one.", [
    { pointer: '/body/id', expected, received: id },
  ])
}
