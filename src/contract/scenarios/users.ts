import type { User } from '../../model.ts'
import { LONG, RICH, SPACED } from '../cases/texts.ts'
import { findKept, findLoss } from '../compare.ts'
import { type Exchange, isSuccess, statusOf } from '../exchange.ts'
import { headersOf } from '../published.ts'
import { isDateTime } from '../schema-judge.ts'
import type { Session } from '../session.ts'
import type { World } from '../world.ts'
import { compareXml, readEveryWay } from './read.ts'
import { type Scenario, WRITING } from './scenario.ts'

type Named = User & { readonly username: string }

const OPERATIONS = ['createUser', 'createUsersWithListInput', 'getUserByName', 'updateUser', 'deleteUser', 'loginUser']

/** Creates, reads, updates and deletes users of its own. */
export const users: Scenario = {
  name: 'users',
  operations: [...OPERATIONS, 'logoutUser'],
  modes: WRITING,
  run: async (session, world) => {
    const ada = adaOf(session)
    const isCreated = await create(session, ada)
    const stored = isCreated ? ada : await createByList(session, ada)
    if (!stored) return session.skip('No user could be created, so that none could be read, updated or deleted.')
    await readEveryWay(session, 'getUserByName', { path: { username: ada.username }, about: 'a user' })
    await readUser(session, ada, 'a creation')
    await createOthers(session, ada, world)
    await createTogether(session)
    await createList(session, ada)
    await login(session, ada)
    const updated = await update(session, ada)
    if (session.mode === 'full') await createNothing(session)
    await remove(session, updated)
  },
}

/** No field has a value that a server would give by default, and the name is in no letter case of its own. */
const adaOf = ({ prefix }: Session): Named => ({
  id: 123456789,
  username: `${prefix}Ada`,
  firstName: RICH,
  lastName: SPACED,
  email: `${prefix}ada@mail.example`,
  password: 'p&ss wörd+1',
  phone: '+1 555 0100',
  userStatus: -7,
})

async function create(session: Session, user: Named, about = 'a user with every field'): Promise<boolean> {
  return isSuccess(await session.send('createUser', { json: user, about }))
}

async function createByList(session: Session, user: Named): Promise<Named | undefined> {
  const sent = await session.send('createUsersWithListInput', { json: [user], about: 'a list of one user' })
  return isSuccess(sent) ? user : undefined
}

const pathOf = ({ username }: Named) => ({ path: { username } })

/** Reads a user back in JSON; it must hold what was sent, but for the password. */
async function readUser(session: Session, user: Named, cause: string): Promise<Exchange> {
  const { password, ...expected } = user
  const sending = { ...pathOf(user), about: `reading after ${cause}` }
  const exchange = await session.send('getUserByName', { ...sending, accept: 'application/json' })
  if (!isSuccess(exchange)) return exchange
  const loss = findLoss(expected, exchange.value)
  session.check('read-back', exchange, loss === undefined, () => ({
    place: `stored ${loss?.at}`,
    expected: `${loss?.at}: ${loss?.expected}, as was sent by ${cause}`,
    actual: String(loss?.actual),
  }))
  const { username = user.username } = Object(exchange.value)
  session.check('cross-check', exchange, username === user.username, () => ({
    place: 'the name of a user',
    expected: 'the name that the path has',
    actual: String(username),
  }))
  notePassword(session, exchange)
  return exchange
}

function notePassword(session: Session, exchange: Exchange): void {
  if (Object(exchange.value).password === undefined) return
  session.remark('note', 'read-back', exchange, {
    place: 'password in the reply',
    expected: 'no password in a reply, though the schema has one',
    actual: 'a password',
  })
}

/** Other users, whose creation must leave the first alone: of the same email, of a name that goes on, with little. */
async function createOthers(session: Session, ada: Named, world: World): Promise<void> {
  const { prefix } = session
  const twin: Named = {
    username: `${ada.username}2`,
    id: Number.MAX_SAFE_INTEGER,
    userStatus: 2 ** 31 - 1,
    password: 'of the twin',
    ...(ada.email && { email: ada.email }),
  }
  const plain: Named = {
    username: `${prefix}plain`,
    firstName: '',
    lastName: LONG,
    userStatus: 0,
    phone: '0123456',
    id: 2 ** 31,
  }
  const type = 'application/json; charset=utf-8'
  const made = [
    ...(await createAndRead(session, twin, 'a user with the email of another', {})),
    ...(await createAndRead(session, plain, 'a user with few fields', { type })),
  ]
  if (made.includes(twin)) world.keptUser = twin
  if (made.length > 0) await checkUntouched(session, ada, 'the creation of another user')
}

async function createAndRead(
  session: Session,
  user: Named,
  about: string,
  how: { readonly type?: string },
): Promise<Named[]> {
  if (!isSuccess(await session.send('createUser', { json: user, about, ...how }))) return []
  const json = await readUser(session, user, `the creation of ${about}`)
  await compareXml(session, json, { ...pathOf(user), about: `${about} as XML` })
  return [user]
}

/** Reads a user that nothing was done to. */
async function checkUntouched(session: Session, user: Named, cause: string, reading?: Exchange): Promise<void> {
  const { password, ...expected } = user
  const exchange = await session.send('getUserByName', {
    ...pathOf(user),
    accept: 'application/json',
    expect: 'any',
    about: `another user after ${cause}`,
  })
  const loss = isSuccess(exchange) ? findLoss(expected, exchange.value) : undefined
  session.check('isolation', exchange, isSuccess(exchange) && loss === undefined, () => ({
    place: 'another user',
    expected: `${loss ? `${loss.at}: ${loss.expected}` : 'the user'} as before ${cause}`,
    actual: loss?.actual ?? String(statusOf(exchange)),
    ...(reading && { cause: reading }),
  }))
}

/** Users that are created at the same time: each must be there, as it was sent. */
async function createTogether(session: Session): Promise<void> {
  const made: Named[] = Array.from({ length: TOGETHER }, (_, index) => ({
    username: `${session.prefix}at once ${index}`,
    firstName: `first ${index}`,
    userStatus: -(2 ** 31) + index,
  }))
  const sent = await session.sendTogether(
    made.map((json) => ['createUser', { json, about: 'one of several creations at once' }]),
  )
  for (const [index, user] of made.entries()) {
    const created = sent[index]
    if (created && isSuccess(created)) await readUser(session, user, 'several creations at once')
  }
}

const TOGETHER = 3
/** How many deletions of a list are looked at; the journal removes the others. */
const LOOKED_FOR = 4

/** Names that paths must carry, and more users than a careless limit allows; stored by list, twice. */
async function createList(session: Session, ada: Named): Promise<void> {
  const { prefix } = session
  const names = [
    'Zoë Q',
    'a+b.c',
    "O'Hara",
    'a@b.example',
    '100%',
    '🦜',
    'n'.repeat(80),
    ...Array.from({ length: 6 }, (_, index) => `list${index}`),
  ]
  const list: Named[] = names.map((name, index) => ({
    username: `${prefix}${name}`,
    firstName: `first ${index}`,
    lastName: `last ${index}`,
    userStatus: index + 1,
    ...(index % 2 === 0 && { email: `${index}@mail.example` }),
  }))
  const sent = await session.send('createUsersWithListInput', { json: list, about: `a list of ${list.length} users` })
  if (!isSuccess(sent)) return
  for (const [index, user] of list.entries()) {
    const read = await readUser(session, user, `the creation of user ${index + 1} of a list`)
    checkOwn(session, read, user, list[index - 1])
  }
  await checkUntouched(session, ada, 'the creation of a list')
  await session.send('createUsersWithListInput', { json: list, expect: 'any', about: 'the same list again' })
  const [first] = list
  if (first) await updateListed(session, first)
  for (const user of list.slice(0, LOOKED_FOR)) await deleteUser(session, user, 'deleting a user of a list')
}

/** A user must have nothing of the one before it in the list. */
function checkOwn(session: Session, read: Exchange, user: Named, before: Named | undefined): void {
  const taken = findKept(before, user, read.value, session.document.schemas.User)
  session.check('read-back', read, taken === undefined, () => ({
    place: `users of a list: ${taken} of another`,
    expected: `no ${taken}, which was not sent`,
    actual: `the ${taken} of the user before it in the list`,
  }))
}

async function updateListed(session: Session, user: Named): Promise<void> {
  const changed = { username: user.username, firstName: 'changed' }
  const about = 'an update of a user of a list'
  if (isSuccess(await session.send('updateUser', { ...pathOf(user), json: changed, about })))
    await readUser(session, changed, about)
}

const wrongPasswords = (password: string): readonly (readonly [about: string, password: string])[] => [
  ['a wrong password', 'wrong'],
  ['the beginning of the password', password.slice(0, -1)],
  ['the password in capitals', password.toUpperCase()],
  ['more than the password', `${password}x`],
  ['the password of another user', 'of the twin'],
]

/** "Date in UTC when token expires": another offset names the same moment, and the server's clock is its own. */
function adviseOnExpiry(session: Session, exchange: Exchange): void {
  const expires = exchange.answer?.headers['x-expires-after'] ?? ''
  const now = Date.parse(exchange.answer?.headers.date ?? '')
  const named = exchange.operation ? headersOf(exchange.operation) : []
  const pointer = named.find(({ name }) => name === 'X-Expires-After')?.pointer
  const advise = (place: string, expected: string) =>
    session.remark('advice', 'headers', exchange, { place, expected, actual: expires, ...(pointer && { pointer }) })
  if (!isSuccess(exchange) || !isDateTime(expires)) return
  if (!/(Z|[+-]00:00)$/i.test(expires)) advise('expiry in another zone', 'X-Expires-After in UTC')
  if (Date.parse(expires) <= now)
    advise('expiry that is past', `X-Expires-After after the answer's Date, ${exchange.answer?.headers.date}`)
}

/** An empty token lets nobody know that the login went well. */
function checkToken(session: Session, exchange: Exchange): void {
  if (!isSuccess(exchange) || typeof exchange.value !== 'string') return
  session.check('login', exchange, exchange.value !== '', () => ({
    place: 'an empty token',
    expected: 'a token with at least one character',
    actual: '""',
  }))
}

async function login(session: Session, user: Named): Promise<void> {
  const query = (password = '') =>
    `username=${encodeURIComponent(user.username)}&password=${encodeURIComponent(password)}`
  const right = await readEveryWay(session, 'loginUser', {
    query: query(user.password),
    about: 'a login with the right password',
  })
  checkToken(session, right)
  adviseOnExpiry(session, right)
  for (const [about, password] of wrongPasswords(user.password ?? ''))
    await session.send('loginUser', { query: query(password), expect: 'refused', about: `a login with ${about}` })
  await session.send('logoutUser', { about: 'a logout' })
  await session.send('logoutUser', { about: 'another logout' })
  await checkUntouched(session, user, 'a login', right)
}

/** What becomes of them is not documented; the server must not fail. */
async function createNothing(session: Session): Promise<void> {
  await session.send('createUser', { json: {}, expect: 'any', about: 'a user without a name' })
  await session.send('createUsersWithListInput', { json: [], expect: 'any', about: 'an empty list of users' })
}

/** Updates with other fields, twice, and with none; another user stays what it is. */
async function update(session: Session, ada: Named): Promise<Named> {
  const last: Named = { username: `${session.prefix}last`, email: `${session.prefix}last@mail.example`, userStatus: 5 }
  const hasLast = await create(session, last, 'a user beside another')
  const second: Named = {
    username: ada.username,
    id: 2 ** 32 + 5,
    firstName: '',
    email: `${session.prefix}new@mail.example`,
    password: 'changed <1>',
    phone: '0123456',
    userStatus: 0,
    lastName: `a\\b<c> ${LONG}`,
  }
  if (!(await updateAndRead(session, ada, second, 'an update with every field'))) return ada
  if (hasLast) await checkUntouched(session, last, 'an update')
  await updateAndRead(session, ada, second, 'the same update again')
  const query = (password: string) =>
    `username=${encodeURIComponent(ada.username)}&password=${encodeURIComponent(password)}`
  const accept = 'application/json'
  await session.send('loginUser', { query: query('changed <1>'), accept, about: 'a login with the new password' })
  if (ada.password !== undefined)
    await session.send('loginUser', {
      query: query(ada.password),
      expect: 'refused',
      about: 'a login with the password before',
    })
  const third: Named = { username: ada.username }
  const type = 'application/json; charset=utf-8'
  await updateAndRead(session, second, third, 'an update with the name alone', type)
  await session.send('updateUser', {
    ...pathOf(ada),
    json: { username: ada.username, unknownToAll: { deep: [1] } },
    expect: 'any',
    about: 'an update with a property that the document does not name',
  })
  return third
}

async function updateAndRead(
  session: Session,
  before: Named,
  user: Named,
  about: string,
  type?: string,
): Promise<boolean> {
  const sent = await session.send('updateUser', { ...pathOf(user), json: user, about, ...(type && { type }) })
  if (!isSuccess(sent)) return false
  const json = await readUser(session, user, about)
  if (!isSuccess(json)) return true
  const kept = findKept(before, user, json.value, session.document.schemas.User)
  session.check('read-back', json, kept === undefined, () => ({
    place: `kept ${kept}`,
    expected: `no ${kept}: PUT replaces the whole user`,
    actual: `${kept} as it was before`,
  }))
  await compareXml(session, json, { ...pathOf(user), about: `${about} as XML` })
  const again = await readUser(session, user, `${about}, read again`)
  session.check('safe-reading', again, statusOf(again) === statusOf(json), () => ({
    place: 'a user read again',
    expected: String(statusOf(json)),
    actual: String(statusOf(again)),
  }))
  return true
}

/** Deletes, deletes again, and creates again; users whose names go on must stay. */
async function remove(session: Session, user: Named): Promise<void> {
  const twin: Named = { username: `${user.username}2` }
  const hadTwin = isSuccess(
    await session.send('getUserByName', { ...pathOf(twin), expect: 'any', about: 'a user of a longer name' }),
  )
  if (!(await deleteUser(session, user, 'deleting a user'))) return
  const deletion = session.exchanges.findLast(({ operation }) => operation?.id === 'deleteUser')
  await session.send('deleteUser', { ...pathOf(user), expect: 'missing', about: 'deleting a user again' })
  await session.send('updateUser', { ...pathOf(user), json: user, expect: 'missing', about: 'updating a deleted user' })
  await session.send('getUserByName', { ...pathOf(user), expect: 'missing', about: 'a user deleted twice' })
  if (hadTwin) await checkUntouched(session, twin, 'the deletion of a user whose name begins it', deletion)
  if (await create(session, user, 'a user that was deleted')) await readUser(session, user, 'the second creation')
}

/** Deletes a user, which must then be gone. */
async function deleteUser(session: Session, user: Named, about: string): Promise<boolean> {
  const sent = await session.send('deleteUser', { ...pathOf(user), about })
  if (!isSuccess(sent)) return false
  const read = await session.send('getUserByName', { ...pathOf(user), expect: 'missing', about: 'a deleted user' })
  session.check('deletion', read, statusOf(read) === 404, () => ({
    place: 'a deleted user',
    expected: '404',
    actual: String(statusOf(read)),
  }))
  return true
}
