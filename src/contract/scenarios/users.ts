import { LONG, RICH, SPACED } from '../cases/texts.ts'
import { readBack } from '../checks/read-back.ts'
import { safeReading } from '../checks/safe-reading.ts'
import { status } from '../checks/status.ts'
import { isSuccess, statusOf } from '../interaction.ts'
import { checkOthers, type KnownRecords } from '../known-records.ts'
import type { Run } from '../run.ts'
import { logIn, queryOf } from './login.ts'
import { compareXml, readEveryWay } from './read.ts'
import { type Scenario, WRITING } from './scenario.ts'
import { createList, createTogether } from './user-lists.ts'
import { checkUntouched, create, deleteUser, type Named, pathOf, readUser } from './user-record.ts'
import { PASSWORD } from './varied-records.ts'

const OPERATIONS = ['createUser', 'createUsersWithListInput', 'getUserByName', 'updateUser', 'deleteUser', 'loginUser']

/** Creates, reads, updates and deletes users of this run. */
export const users: Scenario = {
  name: 'users',
  operations: [...OPERATIONS, 'logoutUser'],
  modes: WRITING,
  run: async (run, known) => {
    const ada = adaOf(run)
    const isCreated = await create(run, ada)
    const stored = isCreated ? ada : await createByList(run, ada)
    if (!stored) return run.skip('No user could be created, so none was read, updated or deleted.')
    await readEveryWay(run, 'getUserByName', { path: { username: ada.username }, about: 'a user' })
    await readUser(run, ada, 'a creation')
    await createOthers(run, ada, known)
    await deleteForGood(run, known)
    await createTogether(run)
    await createList(run, ada)
    const isLocked = await logIn(run, ada)
    const updated = await update(run, ada, isLocked)
    if (run.mode === 'full') await createNothing(run)
    if (run.mode === 'full') await checkOthers(run, known, NaN, 'writes of users')
    await remove(run, known, updated)
  },
}

/** No field has a usual default, and the name has capitals and small letters. */
const adaOf = ({ prefix }: Run): Named => ({
  id: 123456789,
  username: `${prefix}Ada`,
  firstName: RICH,
  lastName: SPACED,
  email: `${prefix}ada@mail.example`,
  password: PASSWORD,
  phone: '+1 555 0100',
  userStatus: -7,
})

async function createByList(run: Run, user: Named): Promise<Named | undefined> {
  const sent = await run.send('createUsersWithListInput', { json: [user], about: 'a list of one user' })
  return isSuccess(sent) ? user : undefined
}

/** Creates users that must not change the first: one with the same email and a longer name, one with few fields. */
async function createOthers(run: Run, ada: Named, known: KnownRecords): Promise<void> {
  const { prefix } = run
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
    ...(await createTwin(run, twin)),
    ...(await createAndRead(run, plain, 'a user with few fields', { type })),
  ]
  if (made.includes(twin)) known.keptUser = twin
  if (made.length > 0) await checkUntouched(run, ada, 'the creation of another user')
}

/** A server may want every email once. The user then gets an email of its own. */
async function createTwin(run: Run, twin: Named): Promise<Named[]> {
  const about = 'a user with the email of another'
  const shared = await run.send('createUser', { json: twin, about, expect: 'any' })
  if (isSuccess(shared)) return readCreated(run, twin, about)
  if (!EMAIL_REFUSALS.includes(statusOf(shared))) return []
  run.remark(status, shared, status.houseRule('emails are unique', 'a user with the email of another', shared))
  return createAndRead(run, { ...twin, email: `${twin.username}@mail.example` }, 'a user beside another', {})
}

const EMAIL_REFUSALS = [400, 403, 405, 409, 422]

async function createAndRead(run: Run, user: Named, about: string, how: { readonly type?: string }): Promise<Named[]> {
  return isSuccess(await run.send('createUser', { json: user, about, ...how })) ? readCreated(run, user, about) : []
}

async function readCreated(run: Run, user: Named, about: string): Promise<Named[]> {
  const json = await readUser(run, user, `the creation of ${about}`)
  await compareXml(run, json, { ...pathOf(user), about: `${about} as XML` })
  return [user]
}

/** Deletes a user that later writes must not bring back. */
async function deleteForGood(run: Run, known: KnownRecords): Promise<void> {
  const user: Named = { username: `${run.prefix}Gone` }
  if (!(await create(run, user, 'a user that will be deleted'))) return
  const sent = await run.send('deleteUser', { ...pathOf(user), expect: 'any', about: 'deleting it for good' })
  if (isSuccess(sent)) known.goneUser = user.username
}

/** The document does not say how these are answered, so any answer but a 5XX is fine. */
async function createNothing(run: Run): Promise<void> {
  await run.send('createUser', { json: {}, expect: 'any', about: 'a user without a name' })
  await run.send('createUsersWithListInput', { json: [], expect: 'any', about: 'an empty list of users' })
}

/** Updates every field, twice, then only the name. Another user must not change. */
async function update(run: Run, ada: Named, isLocked: boolean): Promise<Named> {
  const expect = isLocked ? ('any' as const) : ('success' as const)
  const last: Named = { username: `${run.prefix}last`, email: `${run.prefix}last@mail.example`, userStatus: 5 }
  const hasLast = await create(run, last, 'a user beside another')
  if (hasLast) await readUser(run, last, 'the creation of a user beside another')
  const second: Named = {
    username: ada.username,
    id: 2 ** 32 + 5,
    firstName: '',
    email: `${run.prefix}new@mail.example`,
    password: 'changed <1>',
    phone: '0123456',
    userStatus: 0,
    lastName: `a\\b<c> ${LONG}`,
  }
  if (!(await updateAndRead(run, ada, second, 'an update with every field'))) return ada
  if (hasLast) await checkUntouched(run, last, 'an update')
  await updateAndRead(run, ada, second, 'the same update again')
  const query = (password: string) =>
    `username=${encodeURIComponent(ada.username)}&password=${encodeURIComponent(password)}`
  const accept = 'application/json'
  await run.send('loginUser', { query: query('changed <1>'), accept, expect, about: 'a login with the new password' })
  if (ada.password !== undefined)
    await run.send('loginUser', {
      query: query(ada.password),
      expect: 'refused',
      about: 'a login with the password before',
    })
  const third: Named = { username: ada.username }
  const type = 'application/json; charset=utf-8'
  await updateAndRead(run, second, third, 'an update with the name alone', type)
  await run.send('updateUser', {
    ...pathOf(ada),
    json: { username: ada.username, unknownToAll: { deep: [1] } },
    expect: 'any',
    about: 'an update with a property that the document does not name',
  })
  return third
}

async function updateAndRead(run: Run, before: Named, user: Named, about: string, type?: string): Promise<boolean> {
  const sent = await run.send('updateUser', { ...pathOf(user), json: user, about, ...(type && { type }) })
  if (!isSuccess(sent)) return false
  const json = await readUser(run, user, about)
  if (!isSuccess(json)) return true
  run.check(readBack, json, readBack.replaced('user', before, user, json.value, run.document.schemas.User))
  const again = await readUser(run, user, `${about}, read again`)
  run.check(safeReading, again, safeReading.stillThere(json, again))
  await compareXml(run, json, { ...pathOf(user), about: `${about} as XML` })
  return true
}

/** Deletes a user, deletes it again and creates it again. A user with a longer name must stay. */
async function remove(run: Run, known: KnownRecords, user: Named): Promise<void> {
  const twin: Named = { username: `${user.username}2` }
  const hadTwin = isSuccess(
    await run.send('getUserByName', { ...pathOf(twin), expect: 'any', about: 'a user of a longer name' }),
  )
  if (!(await deleteUser(run, user, 'deleting a user'))) return
  if (run.mode === 'full') await checkOthers(run, known, NaN, 'the deletion of a user')
  const deletion = run.interactions.findLast(({ operation }) => operation?.id === 'deleteUser')
  await run.send('deleteUser', { ...pathOf(user), expect: 'missing', about: 'deleting a user again' })
  await run.send('updateUser', { ...pathOf(user), json: user, expect: 'missing', about: 'updating a deleted user' })
  await run.send('loginUser', {
    query: queryOf(user, user.password),
    expect: 'any',
    about: 'a login of a deleted user',
  })
  await run.send('getUserByName', { ...pathOf(user), expect: 'missing', about: 'a user deleted twice' })
  if (hadTwin) await checkUntouched(run, twin, 'the deletion of a user whose name begins it', deletion)
  if (await create(run, user, 'a user that was deleted')) await readUser(run, user, 'the second creation')
}
