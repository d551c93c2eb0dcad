import type { Tolerance } from '../../http/answers/compare.ts'
import { plainText } from '../../openapi/plain-text.ts'
import { JSON_TYPE } from '../cases/encode-body.ts'
import { causedBy } from '../checks/check.ts'
import { readBack } from '../checks/read-back.ts'
import { refusedWrite } from '../checks/refused-write.ts'
import { uniqueIds } from '../checks/unique-ids.ts'
import { type Interaction, isSuccess } from '../interaction.ts'
import { checkGoneOrder } from '../known-records.ts'
import type { Run } from '../run.ts'
import type { Sending } from '../sending.ts'
import { type NamedOrder, orderIn, placeNamed, readNamed } from './named-order.ts'
import { compareXml } from './read.ts'
import { FULL, type Scenario, WRITING } from './scenario.ts'

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

/** Numbers at which doubles, floats and 32 bits end, each as the id of an order. */
const EDGES = [2 ** 24 + 1, 2 ** 31, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER].map(String)

/** A scenario for servers that take a small id as it is sent; `act` places orders of its own under ids. */
const underOwnIds = (name: string, act: (run: Run) => Promise<void>): Scenario => ({
  name,
  operations: ['placeOrder', 'getOrderById', 'deleteOrder'],
  isAddition: true,
  isThorough: true,
  modes: FULL,
  run: async (run) => {
    if (await takesId(run, SMALL)) await act(run)
  },
})

/** Places orders under ids of many digits, which must not be changed. */
export const largeOrderIds = underOwnIds('orders with large ids', async (run) => {
  for (const orderId of EDGES) {
    const about = `an order with the id ${orderId}`
    const name = `${run.prefix.toLowerCase()}large.example`
    const json = { id: orderId, name, active: true }
    const placed = await run.send('placeOrder', { json, accept: JSON_TYPE, expect: 'any', about })
    if (!isSuccess(placed)) continue
    run.check(readBack, placed, readBack.stored({ id: orderId }, placed.value, about, isSameText))
    await readNamed(run, { orderId, name }, about)
    await run.send('deleteOrder', { path: { orderId }, expect: 'any', about: `deleting ${about}` })
  }
})

/** Orders that a server may refuse, for other reasons each. */
const REFUSABLE: readonly (readonly [about: string, sending: (order: object) => Sending])[] = [
  ['an order for which only an image is taken', (json) => ({ json, accept: 'image/png' })],
  ['an order sent as plain text', (order) => ({ body: JSON.stringify(order), type: 'text/plain' })],
  ['an order with a number as its name', (order) => ({ json: { ...order, name: 5 } })],
  ['an order that ends too early', (order) => ({ body: JSON.stringify(order).slice(0, -1), type: JSON_TYPE })],
  ['an order in an unknown coding', (json) => ({ json, headers: { 'Content-Encoding': 'x-unknown' } })],
]

/** Places orders that are refused. None of them may be there afterwards. */
export const refusedOrders = underOwnIds('orders that are refused', async (run) => {
  const path = { orderId: SMALL }
  for (const [about, sendingOf] of REFUSABLE) {
    const sending = sendingOf({ id: SMALL, name: `${run.prefix.toLowerCase()}refused.example`, active: true })
    const placed = await run.send('placeOrder', { accept: JSON_TYPE, ...sending, expect: 'any', about })
    const read = await run.send('getOrderById', { path, accept: JSON_TYPE, expect: 'any', about: `reading ${about}` })
    if (!isSuccess(read)) continue
    const seen = isSuccess(placed) ? undefined : refusedWrite.storedAllTheSame(about, placed)
    run.check(refusedWrite, read, causedBy(seen, placed))
    await run.send('deleteOrder', { path, expect: 'any', about: `deleting ${about}` })
  }
})

const SMALL = '4711'
const NEXT = '4712'

/** Ids that are no number of an order. The document has them as texts, so that a server may refuse them and must not fail. */
const ODD_IDS = ['x', '', `-${SMALL}`, `0${SMALL}`, `${SMALL}.5`, '99999999999999999999']

/** Places orders with ids that are no numbers. */
export const oddOrderIds: Scenario = {
  name: 'orders with odd ids',
  operations: ['placeOrder', 'getOrderById', 'deleteOrder'],
  isAddition: true,
  isThorough: true,
  modes: FULL,
  run: async (run) => {
    // A server may read a number out of some.
    if (await isThere(run, SMALL)) return
    for (const id of ODD_IDS) await removePlaced(run, await placeUnder(run, id, `an order with the id "${id}"`))
  },
}

/** Places two orders under two ids. A server may give others in their place, and must give two. */
export const twoOrderIds: Scenario = {
  name: 'orders with two ids',
  operations: ['placeOrder', 'getOrderById', 'deleteOrder'],
  isAddition: true,
  isThorough: true,
  modes: FULL,
  run: async (run) => {
    if ((await isThere(run, SMALL)) || (await isThere(run, NEXT))) return
    const [first, second] = [await placeUnder(run, SMALL), await placeUnder(run, NEXT)]
    const [one, other] = [first, second].map(({ value }) => Object(value).id)
    if (isSuccess(first) && isSuccess(second) && one !== undefined)
      run.check(uniqueIds, second, uniqueIds.different('order', one, other))
    await removePlaced(run, first)
    if (one !== other) await removePlaced(run, second)
  },
}

/** Ids that have one of them in common as their beginning, their end, or a part. */
const ALIKE = [SMALL.slice(0, -1), `${SMALL}0`, `1${SMALL}`, `1${SMALL}0`]

/** Places orders whose ids are parts of each other, and deletes one: the others must stay. */
export const alikeOrderIds = underOwnIds('orders whose ids are alike', async (run) => {
  const placed: NamedOrder[] = []
  for (const [index, orderId] of [SMALL, ...ALIKE].entries()) {
    if (await isThere(run, orderId)) continue
    const name = `${run.prefix.toLowerCase()}alike${index}.example`
    const json = { id: orderId, name, active: true }
    const about = 'an order whose id is like another'
    const order = orderIn(await run.send('placeOrder', { json, accept: JSON_TYPE, expect: 'any', about }), name)
    if (order?.orderId === orderId) placed.push(order)
  }
  for (const order of placed) await readNamed(run, order, 'others with ids like it')
  const [first, ...others] = placed
  if (first?.orderId === SMALL && (await remove(run, first)))
    for (const order of others) await readNamed(run, order, `the deletion of order ${SMALL}`)
  for (const { orderId } of others)
    await run.send('deleteOrder', {
      path: { orderId },
      expect: 'any',
      about: 'deleting an order whose id is like another',
    })
})

/** Ids may be shown as numbers. */
const isSameText: Tolerance = (_at, sent, shown) => plainText(sent) === plainText(shown)

/** True if the id is free, and an order that is placed with it gets it. */
async function takesId(run: Run, orderId: string): Promise<boolean> {
  if (await isThere(run, orderId)) return false
  const placed = await placeUnder(run, orderId)
  await removePlaced(run, placed)
  return orderIn(placed, '')?.orderId === orderId
}

const isThere = async (run: Run, orderId: string) =>
  isSuccess(await run.look('getOrderById', { path: { orderId }, accept: JSON_TYPE }))

const OF_ITS_OWN = 'an order with an id of its own'

function placeUnder(run: Run, id: string, about = OF_ITS_OWN): Promise<Interaction> {
  const json = { id, name: `${run.prefix.toLowerCase()}small.example`, active: true }
  return run.send('placeOrder', { json, accept: JSON_TYPE, expect: 'any', about })
}

async function removePlaced(run: Run, placed: Interaction): Promise<void> {
  const order = orderIn(placed, '')
  if (!order) return
  const path = { orderId: order.orderId }
  await run.send('deleteOrder', { path, expect: 'any', about: `deleting ${OF_ITS_OWN}` })
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
