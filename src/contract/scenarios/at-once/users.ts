import { JSON_TYPE, XML_TYPE } from '../../cases/encode-body.ts'
import { deletion } from '../../checks/deletion.ts'
import { readBack } from '../../checks/read-back.ts'
import { type Interaction, isSuccess } from '../../interaction.ts'
import type { Run } from '../../run.ts'
import { type Named, pathOf, readUser } from '../user-record.ts'
import { compareAtOnce, type Planned } from './compare.ts'

const HOW_MANY = 4

const userOf = ({ prefix }: Run, turn: string, index: number): Named => ({
  username: `${prefix}together ${index}`,
  firstName: `${turn} ${index}`,
  lastName: `${turn} last ${index}`,
  email: `${prefix.toLowerCase()}${turn}${index}@mail.example`,
  password: `${turn}-${index}`,
  phone: `555 ${index}`,
  userStatus: -(2 ** 31) + index,
})

const usersOf = (run: Run, turn: string): Named[] =>
  Array.from({ length: HOW_MANY }, (_, index) => userOf(run, turn, index))

/** Creates, reads, updates and deletes users at the same time. */
export async function usersAtOnce(run: Run): Promise<void> {
  const made = usersOf(run, 'made')
  if (!(await writeAll(run, made, 'createUser', 'several creations at once'))) return
  await compareAtOnce(run, [...made.flatMap(readingsOf), ...made.map(loginOf)])
  const changed = usersOf(run, 'changed')
  // Updates may be for the logged in user alone.
  if (!(await writeAll(run, changed, 'updateUser', 'several updates at once'))) return
  await updateOneTwice(run)
  await deleteSome(run, changed)
}

const readingsOf = (user: Named): Planned[] =>
  [JSON_TYPE, XML_TYPE].map((accept) => ['getUserByName', { ...pathOf(user), accept, about: `a user, ${accept}` }])

const loginOf = ({ username, password = '' }: Named): Planned => [
  'loginUser',
  {
    query: new URLSearchParams({ username, password }).toString(),
    accept: JSON_TYPE,
    expect: 'any',
    about: 'a login',
  },
]

/** Writes all users at the same time and reads each. Resolves with true if all were accepted. */
async function writeAll(run: Run, users: readonly Named[], operationId: string, about: string): Promise<boolean> {
  const isUpdate = operationId === 'updateUser'
  const sent = await run.sendTogether(
    users.map((json) => [operationId, { ...(isUpdate && pathOf(json)), json, about: `one of ${about}` }]),
  )
  for (const [index, user] of users.entries())
    if (sent[index] && isSuccess(sent[index])) await readUser(run, user, about)
  return sent.every(isSuccess)
}

/** Two updates of one user at the same time: either may win, and nothing may be mixed of both. */
async function updateOneTwice(run: Run): Promise<void> {
  const [one, other] = [userOf(run, 'first', 0), userOf(run, 'second', 0)]
  const about = 'two updates of one user at once'
  const sent = await run.sendTogether(
    [one, other].map((json) => ['updateUser', { ...pathOf(json), json, expect: 'any', about }]),
  )
  if (!sent.every(isSuccess)) return
  const tolerates = run.habits.allows('user')
  const lossIn = ({ value }: Interaction) => {
    const losses = [one, other].map(({ password, ...user }) => readBack.stored(user, value, about, tolerates))
    return losses.every((loss) => loss !== undefined) ? losses[0] : undefined
  }
  const read = await run.send('getUserByName', {
    ...pathOf(one),
    accept: JSON_TYPE,
    about: `reading after ${about}`,
    until: (shown) => lossIn(shown) === undefined,
  })
  if (isSuccess(read)) run.check(readBack, read, lossIn(read))
}

/** Deletes half of the users at the same time. The others must stay. */
async function deleteSome(run: Run, users: readonly Named[]): Promise<void> {
  const about = 'several deletions at once'
  const [deleted, kept] = [users.slice(0, HOW_MANY / 2), users.slice(HOW_MANY / 2)]
  const sent = await run.sendTogether(
    deleted.map((user) => ['deleteUser', { ...pathOf(user), about: `one of ${about}` }]),
  )
  for (const [index, user] of deleted.entries()) {
    if (!sent[index] || !isSuccess(sent[index])) continue
    const read = await run.send('getUserByName', { ...pathOf(user), expect: 'missing', about: 'a deleted user' })
    run.check(deletion, read, deletion.notFound('a deleted user', read))
  }
  for (const user of kept) await readUser(run, user, about)
}
