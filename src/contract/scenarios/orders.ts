import { project } from '../../openapi/codecs/project.ts'
import type { Domain } from '../../openapi/model.ts'
import { RICH } from '../cases/texts.ts'
import { findLoss } from '../compare.ts'
import { type Exchange, isSuccess, statusOf } from '../interaction.ts'
import { checkKept, checkOthers, type World } from '../known-records.ts'
import { schemaOf } from '../published.ts'
import type { Session } from '../run.ts'
import { findXmlDifference } from '../xml-equality.ts'
import { compareXml, readEveryWay } from './read.ts'
import { type Scenario, WRITING } from './scenario.ts'

/** Places orders, reads them back where their ids are integers, and deletes them. */
export const orders: Scenario = {
  name: 'orders',
  operations: ['placeOrder', 'getOrderById', 'deleteOrder'],
  modes: WRITING,
  run: async (session, world) => {
    if (session.mode === 'owned' && !session.allowLeftovers) {
      return session.skip(
        'Orders were not placed: one without an integer id could not be removed. Allow it by --allow-leftovers.',
      )
    }
    const { prefix } = session
    const full: Domain = { name: `${prefix}${RICH}`, validate: `${prefix}txt`, status: 'validated', active: false }
    const first = await place(session, full, 'an order with every field', {})
    const second = await place(session, { active: true }, 'an order without a name', {
      type: 'application/json; charset=utf-8',
    })
    await checkIds(session, first, second)
    await keepOrder(session, world)
    await placeAsXml(session)
    if (session.mode === 'full') await checkOthers(session, world, NaN, 'orders')
    await readAndDelete(session, first, full)
    await readNameless(session, second)
    await checkKept(session, world, 'the deletion of an order')
    if (session.mode === 'full') await deleteBesidePet(session, world)
  },
}

const idOf = ({ value }: Exchange): string | undefined => {
  const { id } = Object(value)
  return /^[1-9]\d*$/.test(String(id)) ? String(id) : undefined
}

/** An order that later writes must leave alone. */
async function keepOrder(session: Session, world: World): Promise<void> {
  const name = `${session.prefix}kept`
  const kept = await place(session, { name, status: 'missing validation', active: true }, 'an order that stays', {})
  const orderId = idOf(kept)
  if (isSuccess(kept) && orderId !== undefined) world.keptOrder = { orderId, name }
}

async function place(
  session: Session,
  order: Domain,
  about: string,
  how: { readonly type?: string },
): Promise<Exchange> {
  const exchange = await session.send('placeOrder', { json: order, accept: 'application/json', about, ...how })
  if (!isSuccess(exchange)) return exchange
  const loss = findLoss(order, exchange.value)
  session.check('read-back', exchange, loss === undefined, () => ({
    place: `${about}: ${loss?.at}`,
    expected: `${loss?.at}: ${loss?.expected}, as was sent`,
    actual: String(loss?.actual),
  }))
  return exchange
}

/** One order each, in XML and with the usual Accepts. */
async function placeAsXml(session: Session): Promise<void> {
  const order: Domain = {
    name: `${session.prefix}xml & more`,
    validate: 'txt & more',
    status: 'validated',
    active: true,
  }
  const xml = await session.send('placeOrder', { json: order, accept: 'application/xml', about: 'an order as XML' })
  const schema = xml.operation && schemaOf(xml.operation, 'application/xml')
  if (isSuccess(xml) && xml.value !== undefined && schema) {
    const { id, ...rest } = Object(xml.value)
    const difference = findXmlDifference(order, project(rest, schema), schema)
    session.check('xml-equals-json', xml, difference === undefined, () => ({
      place: `an order as XML ${difference?.at}`,
      expected: `${difference?.at}: ${difference?.expected}`,
      actual: String(difference?.actual),
    }))
  }
  await session.send('placeOrder', { json: order, accept: '*/*', about: 'an order with Accept */*' })
}

async function checkIds(session: Session, first: Exchange, second: Exchange): Promise<void> {
  if (!isSuccess(first) || !isSuccess(second) || Object(first.value).id === undefined) return
  session.check('unique-ids', second, Object(first.value).id !== Object(second.value).id, () => ({
    place: 'ids of two orders',
    expected: 'another id for each order',
    actual: String(Object(second.value).id),
  }))
}

async function readAndDelete(session: Session, placed: Exchange, order: Domain): Promise<void> {
  const orderId = idOf(placed)
  if (!isSuccess(placed)) return
  if (orderId === undefined)
    return session.skip('The server gives orders ids that are no integers, which no path can name.')
  const path = { orderId }
  const read = await readEveryWay(session, 'getOrderById', { path, about: 'an order' })
  if (isSuccess(read))
    session.check('read-back', read, Object(read.value).name === order.name, () => ({
      place: 'the name of an order',
      expected: String(order.name),
      actual: String(Object(read.value).name),
    }))
  await session.send('getOrderById', {
    path: { orderId: `${orderId}.5` },
    expect: 'missing-or-invalid',
    about: 'an order id with a fraction',
  })
  await session.send('deleteOrder', {
    path: { orderId: `${orderId}.5` },
    expect: 'missing-or-invalid',
    about: 'deleting an order id with a fraction',
  })
  await remove(session, orderId)
}

async function remove(session: Session, orderId: string): Promise<void> {
  const path = { orderId }
  if (!isSuccess(await session.send('deleteOrder', { path, about: 'deleting an order' }))) return
  const read = await session.send('getOrderById', { path, expect: 'missing-or-invalid', about: 'a deleted order' })
  session.check('deletion', read, [400, 404].includes(statusOf(read)), () => ({
    place: 'a deleted order',
    expected: '400 or 404',
    actual: String(statusOf(read)),
  }))
  await session.send('deleteOrder', { path, expect: 'missing-or-invalid', about: 'deleting an order again' })
}

async function readNameless(session: Session, placed: Exchange): Promise<void> {
  const orderId = idOf(placed)
  if (orderId === undefined || !isSuccess(placed)) return
  const sending = { path: { orderId }, about: 'an order without a name' }
  const json = await session.send('getOrderById', { ...sending, accept: 'application/json' })
  await compareXml(session, json, sending)
}

/** An order with the number of a pet: deleting it must leave the pet. */
async function deleteBesidePet(session: Session, world: World): Promise<void> {
  const petId = [...world.pets.keys()].find((id) => id >= 1 && id !== world.subject?.id)
  if (petId === undefined) return
  const order: Domain = { id: String(petId), name: `${session.prefix}beside` }
  const placed = await session.send('placeOrder', {
    json: order,
    accept: 'application/json',
    expect: 'any',
    about: 'an order with the number of a pet',
  })
  if (idOf(placed) !== String(petId) || !isSuccess(placed)) return
  await remove(session, String(petId))
  await checkOthers(session, world, NaN, 'the deletion of an order')
}
