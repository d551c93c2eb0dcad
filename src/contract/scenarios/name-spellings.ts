import { readBack } from '../checks/read-back.ts'
import { isSuccess } from '../interaction.ts'
import type { Run } from '../run.ts'
import { NAME_SPELLINGS, type NameSpelling, SPELLED } from '../variations/names.ts'
import { type Scenario, WRITING } from './scenario.ts'
import { checkUntouched, create, type Named, pathOf, readUser } from './user-record.ts'

/** Names a user in other spellings: every operation must find the same users. */
export const nameSpellings: Scenario = {
  name: 'other spellings of a name',
  operations: ['createUser', 'getUserByName', 'updateUser', 'deleteUser', 'loginUser'],
  isAddition: true,
  isThorough: true,
  modes: WRITING,
  run: async (run) => {
    const user = userOf(run)
    if (!(await create(run, user, 'a user with other spellings'))) return
    await readUser(run, user, 'the creation of a user with other spellings')
    for (const [turn, spelling] of NAME_SPELLINGS.entries()) {
      const isCreated = run.depth === 'thorough' || turn % CREATED_IN === run.seed % CREATED_IN
      await trySpelling(run, user, spelling, isCreated)
    }
    await checkUntouched(run, user, 'writes by other spellings')
  },
}

/** In a usual run, one name in so many is created. */
const CREATED_IN = 4

const userOf = ({ prefix }: Run): Named => ({
  username: `${prefix}${SPELLED}`,
  firstName: 'the one that is meant',
  password: 'of the one',
})

/** A server that normalises names finds the user by every operation, any other one by none. */
async function trySpelling(run: Run, user: Named, spelling: NameSpelling, isCreated: boolean): Promise<void> {
  const other: Named = { ...user, username: `${run.prefix}${spelling.spell(SPELLED)}`, firstName: 'another one' }
  const about = `a name with ${spelling.about}`
  const read = await run.send('getUserByName', {
    ...pathOf(other),
    accept: 'application/json',
    expect: spelling.demand === 'another' ? 'missing-or-invalid' : 'any',
    about,
  })
  if (isSuccess(read)) return spelling.demand === 'form' ? writeAsTheSame(run, user, other, about) : undefined
  const isMissed = await writeToNobody(run, other, spelling)
  // A server may normalise the names that it stores, so that a form is no other user.
  if (isMissed && isCreated && spelling.demand === 'another') await createAnother(run, user, other, spelling)
}

/** Nobody has the name, so no write may find it. Resolves with true if none did. */
async function writeToNobody(run: Run, other: Named, { about }: NameSpelling): Promise<boolean> {
  const sending = { ...pathOf(other), expect: 'missing-or-invalid' } as const
  const updated = await run.send('updateUser', { ...sending, json: other, about: `an update of a name with ${about}` })
  const deleted = await run.send('deleteUser', { ...sending, about: `a deletion of a name with ${about}` })
  return !isSuccess(updated) && !isSuccess(deleted)
}

/** Another user gets the name, which must be one of its own. */
async function createAnother(run: Run, user: Named, other: Named, { about }: NameSpelling): Promise<void> {
  const creation = { json: other, expect: 'any', about: `a user whose name has ${about}` } as const
  if (!isSuccess(await run.send('createUser', creation))) return
  await checkUntouched(run, user, `the creation of a user whose name has ${about}`)
  await run.send('deleteUser', { ...pathOf(other), expect: 'any', about: `deleting a user whose name has ${about}` })
  await checkUntouched(run, user, `the deletion of a user whose name has ${about}`)
}

/** The user was found by the spelling, so it must be changed by it too, and log in. */
async function writeAsTheSame(run: Run, user: Named, other: Named, about: string): Promise<void> {
  const { username, password = '' } = other
  const query = `username=${encodeURIComponent(username)}&password=${encodeURIComponent(password)}`
  await run.send('loginUser', { query, accept: 'application/json', about: `a login by ${about}` })
  const updated = await run.send('updateUser', { ...pathOf(other), json: other, about: `an update by ${about}` })
  if (isSuccess(updated)) await readFirstName(run, user, other)
  await run.send('deleteUser', { ...pathOf(other), about: `a deletion by ${about}` })
  if (await create(run, user, 'a user again')) await readUser(run, user, 'the creation of a user again')
}

/** Which spelling of the name a server shows then is its own affair. */
async function readFirstName(run: Run, user: Named, { firstName }: Named): Promise<void> {
  const about = 'an update by another spelling'
  const lossIn = (value: unknown) => readBack.stored({ firstName }, value, about, run.habits.allows('user'))
  const read = await run.send('getUserByName', {
    ...pathOf(user),
    accept: 'application/json',
    about: `reading after ${about}`,
    until: ({ value }) => lossIn(value) === undefined,
  })
  if (isSuccess(read)) run.check(readBack, read, lossIn(read.value))
}
