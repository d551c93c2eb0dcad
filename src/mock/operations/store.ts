import { ApiError } from '../../openapi/api-error.ts'
import type { Order } from '../../openapi/model.ts'
import { done, ok } from '../exchange/reply.ts'
import type { Store } from '../store/store.ts'
import type { Handler } from './handler.ts'
import { nextNumber } from './next-number.ts'

/** The reference vouches for orders 1 to 10; other ids are invalid unless an order was placed under them. */
const HIGHEST_SAMPLE_ORDER = 10

/** Counts pets by status. */
export const getInventory: Handler<'getInventory'> = (_input, { store: { pets } }) => ok(pets.inventory())

/** Stores an order under its id, which was checked with the body, or under the next free number. */
export const placeOrder: Handler<'placeOrder'> = ({ body }, { store }) => {
  const order: Order = { ...body, id: body.id ?? String(nextOrderNumber(store)) }
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

/** The next free number of an order. Throws an ApiError (400) if none is left. */
export const nextOrderNumber = (store: Store): number =>
  nextNumber(() => store.nextOrderNumber(), 400, {
    pointer: '/body/id',
    expected: 'given, as long as the counter of orders stands at its highest number',
  })

const noOrder = (id: number) =>
  new ApiError(404, `There is no order ${id}. Place one with POST /store/order.`, [
    { pointer: '/path/orderId', expected: 'the id of an order that is stored', received: id },
  ])

const invalidId = (id: number) =>
  new ApiError(400, `Order ids are 1 to ${HIGHEST_SAMPLE_ORDER}, or the id of an order that was placed.`, [
    { pointer: '/path/orderId', expected: `1 to ${HIGHEST_SAMPLE_ORDER}, or the id of a placed order`, received: id },
  ])
