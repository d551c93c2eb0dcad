import { findLoss } from '../../http/answers/compare.ts'
import { type Interaction, isSuccess } from '../interaction.ts'
import { PLAIN_NAMES } from '../variations/names.ts'
import { compareStatus, type Model, type ModelUser, type Server, type StepKind, type StepKinds, send } from './model.ts'
import type { Step } from './step.ts'

/** Each record of each sequence has a name of another kind. */
function nameOf({ name }: Model, record: number): string {
  const [turn = '0'] = /(?<!\d)\d+$/.exec(name) ?? []
  return `${name}u${record}${PLAIN_NAMES[(2 * Number(turn) + record) % PLAIN_NAMES.length]}`
}

const userOf = ({ text, number }: Step): ModelUser => ({
  firstName: text,
  password: `${text}-${number}`,
  userStatus: number,
})

const always = () => true

/** Creates the user, or replaces it if it is there. */
const writeUser: StepKind = {
  check: always,
  run: async (model, server, step) => {
    const username = nameOf(model, step.record)
    const user = userOf(step)
    const json = { username, ...user }
    const interaction = model.users.has(step.record)
      ? await send(server, 'updateUser', { path: { username }, json })
      : await send(server, 'createUser', { json })
    if (isSuccess(interaction)) model.users.set(step.record, user)
    return compareStatus(interaction, true, 'a write of a user')
  },
}

/** Of the user and the next one, those that are not there. */
const freeRecords = ({ users }: Readonly<Model>, { record }: Step) =>
  [record, record + 1].filter((candidate) => !users.has(candidate))

/** Creates the user and the next one in one list, as far as they are not there. */
const listUsers: StepKind = {
  check: (model, step) => freeRecords(model, step).length > 0,
  run: async (model, server, step) => {
    const free = freeRecords(model, step)
    const json = free.map((record) => ({ username: nameOf(model, record), ...userOf(step) }))
    const interaction = await send(server, 'createUsersWithListInput', { json })
    if (isSuccess(interaction)) for (const record of free) model.users.set(record, userOf(step))
    return compareStatus(interaction, true, 'a list of users')
  },
}

const readUser: StepKind = {
  check: always,
  run: async (model, server, { record }) => {
    const known = model.users.get(record)
    const path = { username: nameOf(model, record) }
    const { password, ...expected } = known ?? {}
    const lossIn = ({ value }: Interaction) => findLoss(expected, value, server.run.habits.allows('user'))
    const interaction = await send(server, 'getUserByName', {
      path,
      expect: known ? 'success' : 'missing',
      until: (read) => !known || lossIn(read) === undefined,
    })
    const mismatch = compareStatus(interaction, known !== undefined, 'a reading of the user')
    if (mismatch || !known || !isSuccess(interaction)) return mismatch
    const loss = lossIn(interaction)
    return loss && { interaction, expected: `${loss.at}: ${loss.expected}`, actual: loss.actual }
  },
}

const deleteUser: StepKind = {
  check: always,
  run: async (model, server, { record }) => {
    const isThere = model.users.has(record)
    const path = { username: nameOf(model, record) }
    const interaction = await send(server, 'deleteUser', { path, expect: isThere ? 'success' : 'missing' })
    if (isSuccess(interaction)) model.users.delete(record)
    return compareStatus(interaction, isThere, 'a deletion of the user')
  },
}

/** Logs in with the right password, or with one that was never right. */
const logIn: StepKind = {
  check: ({ users }, { record }) => users.has(record),
  run: async (model, server, { record, number }) => {
    const { password: right = '' } = model.users.get(record) ?? {}
    const isRight = number % 2 === 0 || isGuessed(server, nameOf(model, record))
    const password = isRight ? right : `not ${right}`
    const query = `username=${encodeURIComponent(nameOf(model, record))}&password=${encodeURIComponent(password)}`
    const interaction = await send(server, 'loginUser', { query, expect: isRight ? 'success' : 'refused' })
    return compareStatus(interaction, isRight, `a login with the ${isRight ? 'right' : 'wrong'} password`)
  },
}

const MOST_GUESSES = 2

/** A server may lock a user out after some wrong passwords in a row. */
const isGuessed = ({ sent }: Server, username: string) =>
  sent.filter(
    ({ request, expectation }) =>
      expectation === 'refused' && request.path.includes(`=${encodeURIComponent(username)}&`),
  ).length >= MOST_GUESSES

export const USER_STEPS: StepKinds = {
  'write user': writeUser,
  'list user': listUsers,
  'read user': readUser,
  'delete user': deleteUser,
  'log in user': logIn,
}

/** Deletes every user that the sequence named up to that record, also those that the model does not know of. */
export async function removeUsers(model: Model, { run, sent }: Server, lastRecord: number): Promise<void> {
  for (let record = 0; record <= lastRecord; record += 1)
    if (sent.some(({ request }) => request.body?.includes(`"${nameOf(model, record)}"`)))
      await run.send('deleteUser', {
        path: { username: nameOf(model, record) },
        expect: 'any',
        about: 'clearing up after a sequence',
      })
}
