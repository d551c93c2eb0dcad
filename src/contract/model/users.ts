import { findLoss } from '../compare.ts'
import { isSuccess } from '../interaction.ts'
import { type Action, judge, type ModelUser, type Play, send } from './play.ts'
import type { Step } from './step.ts'

const nameOf = ({ name }: Play, who: number) => `${name}u${who}`

const userOf = ({ text, number }: Step): ModelUser => ({
  firstName: text,
  password: `${text}-${number}`,
  userStatus: number,
})

/** Creates the user, or replaces it where it is there. */
const writeUser: Action = async (play, step) => {
  const username = nameOf(play, step.who)
  const user = userOf(step)
  const json = { username, ...user }
  const interaction = play.users.has(step.who)
    ? await send(play, 'updateUser', { path: { username }, json })
    : await send(play, 'createUser', { json })
  if (isSuccess(interaction)) play.users.set(step.who, user)
  return judge(interaction, true, 'a write of a user')
}

/** Creates the user and, where there is room, the next one, in one list. */
const listUsers: Action = async (play, step) => {
  const free = [step.who, step.who + 1].filter((who) => !play.users.has(who))
  if (free.length === 0) return undefined
  const json = free.map((who) => ({ username: nameOf(play, who), ...userOf(step) }))
  const interaction = await send(play, 'createUsersWithListInput', { json })
  if (isSuccess(interaction)) for (const who of free) play.users.set(who, userOf(step))
  return judge(interaction, true, 'a list of users')
}

const readUser: Action = async (play, { who }) => {
  const known = play.users.get(who)
  const path = { username: nameOf(play, who) }
  const interaction = await send(play, 'getUserByName', { path, expect: known ? 'success' : 'missing' })
  const departure = judge(interaction, known !== undefined, 'a reading of the user')
  if (departure || !known || !isSuccess(interaction)) return departure
  const { password, ...expected } = known
  const loss = findLoss(expected, interaction.value)
  return loss && { interaction, expected: `${loss.at}: ${loss.expected}`, actual: loss.actual }
}

const deleteUser: Action = async (play, { who }) => {
  const isThere = play.users.has(who)
  const path = { username: nameOf(play, who) }
  const interaction = await send(play, 'deleteUser', { path, expect: isThere ? 'success' : 'missing' })
  if (isSuccess(interaction)) play.users.delete(who)
  return judge(interaction, isThere, 'a deletion of the user')
}

/** The right password, or one that was never right; of a user who is not there nothing is said. */
const logIn: Action = async (play, { who, number }) => {
  const user = play.users.get(who)
  if (!user) return undefined
  const isRight = number % 2 === 0
  const password = isRight ? user.password : `not ${user.password}`
  const query = `username=${encodeURIComponent(nameOf(play, who))}&password=${encodeURIComponent(password)}`
  const interaction = await send(play, 'loginUser', { query, expect: isRight ? 'success' : 'refused' })
  return judge(interaction, isRight, `a login with the ${isRight ? 'right' : 'wrong'} password`)
}

export const USER_ACTIONS: Readonly<Record<string, Action>> = {
  'write user': writeUser,
  'list user': listUsers,
  'read user': readUser,
  'delete user': deleteUser,
  'log in user': logIn,
}

/** Removes what is left, also where the model does not know of it. */
export async function clearUsers(play: Play, most: number): Promise<void> {
  for (let who = 0; who <= most; who += 1)
    if (play.sent.some(({ request }) => request.body?.includes(`"${nameOf(play, who)}"`)))
      await play.run.send('deleteUser', {
        path: { username: nameOf(play, who) },
        expect: 'any',
        about: 'clearing up after a sequence',
      })
}
