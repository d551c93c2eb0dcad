import { type Handling, Refusal, type Reply } from './handling.ts'
import type { Domain } from './store.ts'

const HIGHEST_SAMPLE_ORDER = 10

/** Adds a domain that waits for its DNS record. */
export function addDomain({ input, store }: Handling): Reply {
  const { name = '' } = input.body as Partial<Domain>
  if (name.trim() === '') throw new Refusal(405, 'A domain needs a name.')
  const id = `dom-${store.domains.size + 1}`
  const domain: Domain = {
    id,
    name,
    validate: `inboxes-verification=${id}`,
    status: 'missing validation',
    active: false,
  }
  store.domains.set(id, domain)
  return { status: 200, value: domain }
}

/** Stores the order under its id, or under the next free number. */
export function placeOrder({ input, store }: Handling): Reply {
  const body = input.body as Partial<Domain>
  if (body.id !== undefined && !isOrderId(body.id)) throw new Refusal(400, 'Invalid Order')
  const id = body.id ?? nextOrderId(store.orders)
  const order: Domain = { ...body, id }
  store.orders.set(id, order)
  return { status: 200, value: order }
}

const isOrderId = (id: string) => /^[1-9][0-9]*$/.test(id) && Number.isSafeInteger(Number(id))

function nextOrderId(orders: ReadonlyMap<string, Domain>): string {
  let number = HIGHEST_SAMPLE_ORDER + 1
  while (orders.has(String(number))) number += 1
  return String(number)
}

/** Gives what the document says of an order: its name. */
export function getOrderById({ input: { parameter }, store }: Handling): Reply {
  const order = store.orders.get(parameter)
  if (order) return { status: 200, value: order.name === undefined ? {} : { name: order.name } }
  const isSample = Number(parameter) >= 1 && Number(parameter) <= HIGHEST_SAMPLE_ORDER
  throw isSample ? new Refusal(404, 'Order not found') : new Refusal(400, 'Invalid ID supplied')
}

export function deleteOrder({ input: { parameter }, store }: Handling): Reply {
  if (!store.orders.delete(parameter)) throw new Refusal(404, 'Order not found')
  return { status: 200 }
}
