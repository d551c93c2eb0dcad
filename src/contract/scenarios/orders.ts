import { isObject } from '../../openapi/json-object.ts'
import type { Domain } from '../../openapi/model.ts'
import { plainText } from '../../openapi/plain-text.ts'
import { JSON_TYPE, XML_TYPE } from '../cases/encode-body.ts'
import { RICH } from '../cases/texts.ts'
import { deletion } from '../checks/deletion.ts'
import { readBack } from '../checks/read-back.ts'
import { uniqueIds } from '../checks/unique-ids.ts'
import { xmlEqualsJson } from '../checks/xml-equals-json.ts'
import { type Interaction, isSuccess } from '../interaction.ts'
import { checkGoneOrder, checkKept, checkOthers, type KnownRecords } from '../known-records.ts'
import type { Run } from '../run.ts'
import { placeNamed } from './named-order.ts'
import { compareXml, readEveryWay } from './read.ts'
import { type Scenario, WRITING } from './scenario.ts'

/** Places orders. Reads and deletes those that the server gave an integer id. */
export const orders: Scenario = {
  name: 'orders',
  operations: ['placeOrder', 'getOrderById', 'deleteOrder'],
  modes: WRITING,
  run: async (run, known) => {
    if (run.mode === 'owned' && !run.allowLeftovers) {
      return run.skip(
        'No order was placed, since one without an integer id could not be removed. Allow it by --allow-leftovers.',
      )
    }
    await deleteForGood(run, known)
    const { prefix } = run
    const full: Domain = { name: `${prefix}${RICH}`, validate: `${prefix}txt`, status: 'validated', active: false }
    const first = await place(run, full, 'an order with every field', {})
    if (known.goneOrder) await checkGoneOrder(run, known.goneOrder, 'the creation of the next order')
    const second = await place(run, { active: true }, 'an order without a name', {
      type: 'application/json; charset=utf-8',
    })
    await checkIds(run, first, second)
    await keepOrder(run, known)
    await placeAsXml(run)
    if (run.mode === 'full') await checkOthers(run, known, NaN, 'orders')
    await readAndDelete(run, first, full)
    await readNameless(run, second)
    await checkKept(run, known, 'the deletion of an order')
    if (run.mode === 'full') await deleteBesidePet(run, known)
  },
}

const idOf = ({ value }: Interaction): string | undefined => {
  const { id } = Object(value)
  return /^[1-9]\d*$/.test(plainText(id)) ? plainText(id) : undefined
}

/** Deletes two orders that later writes must not bring back: the next order may get the id of the first. */
async function deleteForGood(run: Run, known: KnownRecords): Promise<void> {
  const about = 'an order that will be deleted'
  const placed = [await placeNamed(run, 'gone1', about), await placeNamed(run, 'gone2', about)]
  for (const order of placed.filter((one) => one !== undefined)) {
    const path = { orderId: order.orderId }
    if (isSuccess(await run.send('deleteOrder', { path, about: 'deleting it for good' }))) known.goneOrder = order
  }
}

/** Places an order that later writes must not change. */
async function keepOrder(run: Run, known: KnownRecords): Promise<void> {
  const name = `${run.prefix}kept`
  const order: Domain = {
    name,
    validate: `${run.prefix}record of an order that stays`,
    status: 'missing validation',
    active: false,
  }
  const kept = await place(run, order, 'an order that stays', {})
  const orderId = idOf(kept)
  if (!isSuccess(kept) || orderId === undefined) return
  known.keptOrder = { orderId, name }
  await run.send('getOrderById', { path: { orderId }, accept: 'application/json', about: 'an order that stays' })
}

async function place(run: Run, order: Domain, about: string, how: { readonly type?: string }): Promise<Interaction> {
  const interaction = await run.send('placeOrder', { json: order, accept: 'application/json', about, ...how })
  if (!isSuccess(interaction)) return interaction
  run.check(readBack, interaction, readBack.echoed(order, interaction.value, about, run.habits.toleranceFor('order')))
  return interaction
}

/** Places one order with XML as the answer, and one for a client that takes anything. */
async function placeAsXml(run: Run): Promise<void> {
  const order: Domain = {
    name: `${run.prefix}xml & more`,
    validate: 'txt & more',
    status: 'validated',
    active: true,
  }
  const xml = await run.send('placeOrder', { json: order, accept: 'application/xml', about: 'an order as XML' })
  if (isSuccess(xml) && isObject(xml.value))
    run.check(xmlEqualsJson, xml, xmlEqualsJson.orderSent(order, xml.value, run.habits.toleranceFor('order')))
  await run.send('placeOrder', { json: order, accept: '*/*', about: 'an order with Accept */*' })
}

async function checkIds(run: Run, first: Interaction, second: Interaction): Promise<void> {
  if (!isSuccess(first) || !isSuccess(second) || Object(first.value).id === undefined) return
  run.check(uniqueIds, second, uniqueIds.different('order', Object(first.value).id, Object(second.value).id))
}

async function readAndDelete(run: Run, placed: Interaction, order: Domain): Promise<void> {
  const orderId = idOf(placed)
  if (!isSuccess(placed)) return
  if (orderId === undefined)
    return run.skip('No order was read or deleted: the server gives ids that are no integers, which no path can name.')
  const path = { orderId }
  const read = await readEveryWay(run, 'getOrderById', { path, about: 'an order' })
  const tolerance = run.habits.toleranceFor('order')
  if (isSuccess(read))
    run.check(readBack, read, readBack.named('an order', order.name, Object(read.value).name, tolerance))
  await run.send('getOrderById', {
    path: { orderId: `${orderId}.5` },
    expect: 'missing-or-invalid',
    about: 'an order id with a fraction',
  })
  await run.send('deleteOrder', {
    path: { orderId: `${orderId}.5` },
    expect: 'missing-or-invalid',
    about: 'deleting an order id with a fraction',
  })
  await remove(run, orderId)
}

async function remove(run: Run, orderId: string): Promise<void> {
  const path = { orderId }
  if (!isSuccess(await run.send('deleteOrder', { path, about: 'deleting an order' }))) return
  for (const accept of [JSON_TYPE, XML_TYPE]) {
    const about = 'a deleted order'
    const read = await run.send('getOrderById', { path, accept, expect: 'missing-or-invalid', about })
    run.check(deletion, read, deletion.notFound(about, read, [400, 404, 405, 422]))
  }
  await run.send('deleteOrder', { path, expect: 'missing-or-invalid', about: 'deleting an order again' })
}

async function readNameless(run: Run, placed: Interaction): Promise<void> {
  const orderId = idOf(placed)
  if (orderId === undefined || !isSuccess(placed)) return
  const sending = { path: { orderId }, about: 'an order without a name' }
  const json = await run.send('getOrderById', { ...sending, accept: 'application/json' })
  await compareXml(run, json, sending)
}

/** Places an order with the id of a pet. Deleting the order must not delete the pet. */
async function deleteBesidePet(run: Run, known: KnownRecords): Promise<void> {
  const petId = [...known.pets.keys()].find((id) => id >= 1 && id !== known.subject?.id)
  if (petId === undefined) return
  const order: Domain = { id: String(petId), name: `${run.prefix}beside` }
  const placed = await run.send('placeOrder', {
    json: order,
    accept: 'application/json',
    expect: 'any',
    about: 'an order with the number of a pet',
  })
  if (idOf(placed) !== String(petId) || !isSuccess(placed)) return
  await remove(run, String(petId))
  await checkOthers(run, known, NaN, 'the deletion of an order')
}
