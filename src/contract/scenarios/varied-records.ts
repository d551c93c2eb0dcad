import { isSuccess } from '../interaction.ts'
import type { KnownRecords } from '../known-records.ts'
import type { Run } from '../run.ts'
import type { Names } from '../variations/plain-requests.ts'
import { hasOperations } from './scenario.ts'
import type { Named } from './user-record.ts'

/** Has the signs that a query, a form or a header may read as something else, and what looks like an escape. */
export const PASSWORD = 'p&ss %41%2B wörd+1;=#"%'

/** Finds the records that ways are tried on, and makes a user if the mode allows it. */
export async function findNames(run: Run, known: KnownRecords): Promise<Names> {
  known.variedUser ??= await findUser(run)
  known.variedOrder ??= await findOrder(run, known)
  const { subject, variedUser, keptOrder } = known
  const petId = subject && String(subject.id)
  return {
    readable: { petId, username: variedUser?.username, orderId: known.variedOrder },
    writable: {
      petId: run.mode === 'full' ? petId : undefined,
      username: variedUser?.isOwn ? variedUser.username : undefined,
      orderId: keptOrder?.orderId,
    },
    password: PASSWORD,
  }
}

/** The user that ways are tried on. */
export const variedUser = ({ prefix }: Run): Named => ({
  username: `${prefix}Ways`,
  firstName: 'Ada',
  email: `${prefix.toLowerCase()}ways@mail.example`,
  password: PASSWORD,
  userStatus: 3,
})

/** The reference names it, but a server need not have it. */
const SAMPLE = 'user1'

async function findUser(run: Run): Promise<NonNullable<KnownRecords['variedUser']> | undefined> {
  const user = variedUser(run)
  const isAllowed = hasOperations(run, 'createUser') && run.maySend('createUser', { json: user })
  if (
    isAllowed &&
    isSuccess(await run.send('createUser', { json: user, expect: 'any', about: 'a user to try ways on' }))
  )
    return { username: user.username, isOwn: true }
  if (!hasOperations(run, 'getUserByName')) return undefined
  const found = await run.look('getUserByName', { path: { username: SAMPLE }, accept: 'application/json' })
  return isSuccess(found) ? { username: SAMPLE, isOwn: false } : undefined
}

/** "For valid response try integer IDs with value >= 1 and <= 10." */
const SAMPLE_ORDERS = ['1', '5', '10']

async function findOrder(run: Run, { keptOrder }: KnownRecords): Promise<string | undefined> {
  if (keptOrder) return keptOrder.orderId
  if (!hasOperations(run, 'getOrderById')) return undefined
  for (const orderId of SAMPLE_ORDERS)
    if (isSuccess(await run.look('getOrderById', { path: { orderId }, accept: 'application/json' }))) return orderId
  return undefined
}
