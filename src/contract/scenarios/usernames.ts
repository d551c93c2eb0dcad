import { isObject } from '../../openapi/json-object.ts'
import { crossCheck } from '../checks/cross-check.ts'
import { status } from '../checks/status.ts'
import { type Interaction, isSuccess } from '../interaction.ts'
import type { Run } from '../run.ts'
import { EMPTY_LOOKING, NAMES, NAMES_OF_NOBODY, type NameRow } from '../variations/names.ts'
import { EVERY_MODE, FULL, type Scenario, WRITING } from './scenario.ts'
import { deleteUser, type Named, pathOf, readUser } from './user-record.ts'

/** Reads users by names that nobody has, and that programs mistake for something else. */
export const namesOfNobody: Scenario = {
  name: 'names that nobody has',
  operations: ['getUserByName'],
  isAddition: true,
  isThorough: true,
  modes: EVERY_MODE,
  run: async (run) => {
    for (const username of NAMES_OF_NOBODY) {
      const about = `the name ${username}, which nobody has`
      const read = await run.send('getUserByName', {
        path: { username },
        accept: 'application/json',
        expect: 'any',
        about,
      })
      // Somebody may have the name after all.
      if (!isSuccess(read) || !isObject(read.value)) continue
      const shown = read.value.username ?? (Object.keys(read.value).length === 0 ? 'an empty user' : username)
      run.check(crossCheck, read, crossCheck.nameOfPath(username, shown))
    }
  },
}

/** Creates users with names of all kinds, and follows each by its path. */
export const usernames: Scenario = {
  name: 'names of all kinds',
  operations: ['createUser', 'createUsersWithListInput', 'getUserByName', 'updateUser', 'deleteUser'],
  isAddition: true,
  isThorough: true,
  modes: WRITING,
  run: async (run) => {
    await followUsual(run)
    for (const way of NAMES.filter(({ isUsual }) => !isUsual)) await followOdd(run, way)
  },
}

const userOf = ({ prefix }: Run, { text, about }: NameRow): Named => ({
  username: `${prefix}n${text}`,
  firstName: `the user with ${about}`,
})

/** All come in one list; if that is refused, each comes alone, so that the name that is refused shows. */
async function followUsual(run: Run): Promise<void> {
  const ways = NAMES.filter(({ isUsual }) => isUsual)
  const users = ways.map((way) => userOf(run, way))
  const about = 'a list of names of all kinds'
  const isListed = isSuccess(await run.send('createUsersWithListInput', { json: users, expect: 'any', about }))
  for (const [index, way] of ways.entries()) {
    const user = userOf(run, way)
    const named = `a user with ${way.about} in the name`
    if (!isListed && !isSuccess(await run.send('createUser', { json: user, about: named }))) continue
    await readUser(run, user, `the creation of ${named}`)
    if (run.depth === 'thorough' || (index + run.seed) % ACTIONS === 0) await changeUser(run, user, named)
    if (run.depth === 'thorough' || (index + run.seed) % ACTIONS === 1) await deleteUser(run, user, `deleting ${named}`)
  }
}

/** In a usual run, one name in so many is changed, and one is deleted. */
const ACTIONS = 3

async function changeUser(run: Run, user: Named, named: string): Promise<void> {
  const changed: Named = { ...user, firstName: 'changed' }
  const about = `an update of ${named}`
  if (isSuccess(await run.send('updateUser', { ...pathOf(user), json: changed, expect: 'any', about })))
    await readUser(run, changed, about)
}

/** The name may be refused; then nobody has it. If it is taken, it must be kept. */
async function followOdd(run: Run, way: NameRow): Promise<void> {
  const user = userOf(run, way)
  const about = `a user with ${way.about} in the name`
  const made = await run.send('createUser', { json: user, expect: 'any', about })
  const read = await run.send('getUserByName', {
    ...pathOf(user),
    accept: 'application/json',
    expect: 'any',
    about: `reading ${about}`,
  })
  if (!isSuccess(made) || !isSuccess(read)) return
  run.check(crossCheck, read, crossCheck.nameOfPath(user.username, Object(read.value).username ?? user.username))
}

/** Creates users by whole names that programs take for no name. One like it shows whether the server's rules allow such names. */
export const emptyLookingNames: Scenario = {
  name: 'names that look empty',
  operations: ['createUser', 'getUserByName', 'deleteUser'],
  isAddition: true,
  isThorough: true,
  modes: FULL,
  run: async (run) => {
    for (const [name, control] of EMPTY_LOOKING) {
      if ((await isTaken(run, name)) || (await isTaken(run, control))) continue
      if (!isSuccess(await createWhole(run, control))) continue
      await run.send('deleteUser', { ...pathOf({ username: control }), expect: 'any', about: `deleting ${control}` })
      const made = await createWhole(run, name)
      run.check(status, made, status.asTheOther(`a user named ${name}`, `a user named ${control}`, made))
      if (!isSuccess(made)) continue
      await readUser(run, wholeOf(name), `the creation of a user named ${name}`)
      await deleteUser(run, wholeOf(name), `deleting a user named ${name}`)
    }
  },
}

const wholeOf = (username: string): Named => ({ username, firstName: 'Ada' })

const createWhole = (run: Run, username: string): Promise<Interaction> =>
  run.send('createUser', { json: wholeOf(username), expect: 'any', about: `a user named ${username}` })

/** A user who is there must not be deleted. */
const isTaken = async (run: Run, username: string): Promise<boolean> =>
  isSuccess(await run.look('getUserByName', { path: { username }, accept: 'application/json' }))
