import { JSON_TYPE } from '../cases/encode-body.ts'
import { isSuccess } from '../interaction.ts'
import { checkKeptRecord } from '../known-records.ts'
import type { KnownPet } from '../listed-pets.ts'
import type { Run } from '../run.ts'
import { type NamedOrder, orderIn } from './named-order.ts'
import { FULL, hasOperations, type Scenario } from './scenario.ts'
import { type Named, pathOf } from './user-record.ts'

/** An order and a user whose names are the number of a pet. A server may refuse both. */
export interface Namesakes {
  readonly order?: (NamedOrder & { readonly isOwn: boolean }) | undefined
  readonly user?: Named | undefined
}

const OF_ORDERS = ['placeOrder', 'getOrderById', 'deleteOrder']
const OF_USERS = ['createUser', 'getUserByName', 'deleteUser']

/** Writes to one of three records of the same number: a look-up by the number alone must not reach the others. */
export const sameNumber: Scenario = {
  name: 'records of the same number',
  operations: ['updatePet', 'getPetById', ...OF_ORDERS, ...OF_USERS],
  isAddition: true,
  isThorough: true,
  modes: FULL,
  run: async (run, { subject }) => {
    if (!subject) return
    const { order, user } = await makeNamesakes(run, subject)
    const isUpdated = await run.send('updatePet', { json: subject, expect: 'any', about: 'an update of a number' })
    if (isSuccess(isUpdated)) await checkNamesakes(run, { order, user }, 'the update of a pet of the same number')
    if (user) await removeUser(run, user)
    if (user) await checkNamesakes(run, { order }, 'the deletion of a user of the same number')
    if (user) await checkPet(run, subject, 'the deletion of a user of the same number')
    if (order) await removeOrder(run, order)
    if (order) await checkPet(run, subject, 'the deletion of an order of the same number')
  },
}

/** Finds or places an order with the number of the pet, and creates a user of that name. */
export const makeNamesakes = async (run: Run, { id }: KnownPet): Promise<Namesakes> => ({
  order: hasOperations(run, ...OF_ORDERS) ? await makeOrder(run, String(id)) : undefined,
  user: hasOperations(run, ...OF_USERS) ? await makeUser(run, String(id)) : undefined,
})

async function makeUser(run: Run, username: string): Promise<Namesakes['user']> {
  const user: Named = { username, firstName: `${run.prefix}number` }
  if (isSuccess(await run.look('getUserByName', { ...pathOf(user), accept: JSON_TYPE }))) return undefined
  const about = 'a user whose name is a number'
  if (!isSuccess(await run.send('createUser', { json: user, expect: 'any', about }))) return undefined
  return isSuccess(await readNamesake(run, 'getUserByName', { username })) ? user : undefined
}

/** Reads a record, so that its namesakes can be compared with what it showed. */
const readNamesake = (run: Run, operationId: string, path: Readonly<Record<string, string>>) =>
  run.send(operationId, { path, accept: JSON_TYPE, expect: 'any', about: 'a record whose name is a number' })

async function makeOrder(run: Run, orderId: string): Promise<Namesakes['order']> {
  const found = await readNamesake(run, 'getOrderById', { orderId })
  const { name } = Object(found.value)
  if (isSuccess(found)) return typeof name === 'string' ? { orderId, name, isOwn: false } : undefined
  const domain = `${run.prefix.toLowerCase()}number.example`
  const json = { id: orderId, name: domain, active: true }
  const about = 'an order with the number of a pet'
  const placed = orderIn(await run.send('placeOrder', { json, accept: JSON_TYPE, expect: 'any', about }), domain)
  if (placed === undefined) return undefined
  if (placed.orderId === orderId && isSuccess(await readNamesake(run, 'getOrderById', { orderId })))
    return { ...placed, isOwn: true }
  await removeOrder(run, { ...placed, isOwn: true })
  return undefined
}

/** Reads the records that a write to their namesake must not have reached. */
export async function checkNamesakes(run: Run, { order, user }: Namesakes, cause: string): Promise<void> {
  if (order) await checkKeptRecord(run, 'getOrderById', { orderId: order.orderId }, { name: order.name }, cause)
  if (user) await checkKeptRecord(run, 'getUserByName', { username: user.username }, user, cause)
}

const checkPet = (run: Run, { id, name }: KnownPet, cause: string) =>
  checkKeptRecord(run, 'getPetById', { petId: String(id) }, { name }, cause)

/** Deletes what this run made. */
export async function removeNamesakes(run: Run, { order, user }: Namesakes): Promise<void> {
  if (user) await removeUser(run, user)
  if (order) await removeOrder(run, order)
}

const removeUser = (run: Run, user: Named) =>
  run.send('deleteUser', { ...pathOf(user), expect: 'any', about: 'deleting a user whose name is a number' })

async function removeOrder(run: Run, { orderId, isOwn }: NonNullable<Namesakes['order']>): Promise<void> {
  const about = 'deleting an order with the number of a pet'
  if (isOwn) await run.send('deleteOrder', { path: { orderId }, expect: 'any', about })
}
