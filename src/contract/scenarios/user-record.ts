import type { User } from '../../openapi/model.ts'
import { crossCheck } from '../checks/cross-check.ts'
import { deletion } from '../checks/deletion.ts'
import { isolation } from '../checks/isolation.ts'
import { readBack } from '../checks/read-back.ts'
import { findLoss } from '../compare.ts'
import { type Interaction, isSuccess, statusOf } from '../interaction.ts'
import type { Run } from '../run.ts'

/** A user that a path can name. */
export type Named = User & { readonly username: string }

/** The path of the user. */
export const pathOf = ({ username }: Named) => ({ path: { username } })

/** Creates the user. Resolves with whether it was done. */
export async function create(run: Run, user: Named, about = 'a user with every field'): Promise<boolean> {
  return isSuccess(await run.send('createUser', { json: user, about }))
}

/** Reads a user back in JSON; it must hold what was sent, but for the password. */
export async function readUser(run: Run, user: Named, cause: string): Promise<Interaction> {
  const { password, ...expected } = user
  const sending = { ...pathOf(user), about: `reading after ${cause}` }
  const interaction = await run.send('getUserByName', { ...sending, accept: 'application/json' })
  if (!isSuccess(interaction)) return interaction
  const loss = findLoss(expected, interaction.value)
  run.check(readBack, interaction, loss === undefined, () => ({
    place: `stored ${loss?.at}`,
    expected: `${loss?.at}: ${loss?.expected}, as was sent by ${cause}`,
    actual: String(loss?.actual),
  }))
  const { username = user.username } = Object(interaction.value)
  run.check(crossCheck, interaction, username === user.username, () => ({
    place: 'the name of a user',
    expected: 'the name that the path has',
    actual: String(username),
  }))
  notePassword(run, interaction)
  return interaction
}

function notePassword(run: Run, interaction: Interaction): void {
  if (Object(interaction.value).password === undefined) return
  run.remark('note', readBack, interaction, {
    place: 'password in the reply',
    expected: 'no password in a reply, though the schema has one',
    actual: 'a password',
  })
}

/** Reads a user that nothing was done to. */
export async function checkUntouched(run: Run, user: Named, cause: string, reading?: Interaction): Promise<void> {
  const { password, ...expected } = user
  const interaction = await run.send('getUserByName', {
    ...pathOf(user),
    accept: 'application/json',
    expect: 'any',
    about: `another user after ${cause}`,
  })
  const loss = isSuccess(interaction) ? findLoss(expected, interaction.value) : undefined
  run.check(isolation, interaction, isSuccess(interaction) && loss === undefined, () => ({
    place: 'another user',
    expected: `${loss ? `${loss.at}: ${loss.expected}` : 'the user'} as before ${cause}`,
    actual: loss?.actual ?? String(statusOf(interaction)),
    ...(reading && { cause: reading }),
  }))
}

/** Deletes a user, which must then be gone. */
export async function deleteUser(run: Run, user: Named, about: string): Promise<boolean> {
  const sent = await run.send('deleteUser', { ...pathOf(user), about })
  if (!isSuccess(sent)) return false
  const read = await run.send('getUserByName', { ...pathOf(user), expect: 'missing', about: 'a deleted user' })
  run.check(deletion, read, statusOf(read) === 404, () => ({
    place: 'a deleted user',
    expected: '404',
    actual: String(statusOf(read)),
  }))
  return true
}
