import type { User } from '../../openapi/model.ts'
import { JSON_TYPE, XML_TYPE } from '../cases/encode-body.ts'
import { causedBy } from '../checks/check.ts'
import { crossCheck } from '../checks/cross-check.ts'
import { deletion } from '../checks/deletion.ts'
import { isolation } from '../checks/isolation.ts'
import { readBack } from '../checks/read-back.ts'
import { type Interaction, isSuccess } from '../interaction.ts'
import type { Run } from '../run.ts'

/** A user that a path can name. */
export type Named = User & { readonly username: string }

/** The path of the user. */
export const pathOf = ({ username }: Named) => ({ path: { username } })

/** Creates the user. Resolves with true if the server accepted it. */
export async function create(run: Run, user: Named, about = 'a user with every field'): Promise<boolean> {
  return isSuccess(await run.send('createUser', { json: user, about }))
}

/** Reads a user back in JSON. It must hold what was sent, except the password. */
export async function readUser(run: Run, user: Named, cause: string): Promise<Interaction> {
  const { password, ...expected } = user
  const sending = { ...pathOf(user), about: `reading after ${cause}` }
  const interaction = await run.send('getUserByName', {
    ...sending,
    accept: 'application/json',
    until: ({ value }) => readBack.stored(expected, value, cause, run.habits.allows('user')) === undefined,
  })
  if (!isSuccess(interaction)) return interaction
  const tolerance = run.habits.toleranceFor('user')
  run.check(readBack, interaction, readBack.stored(expected, interaction.value, cause, tolerance))
  const { username = user.username } = Object(interaction.value)
  run.check(crossCheck, interaction, crossCheck.nameOfPath(user.username, username))
  run.remark(readBack, interaction, readBack.withoutPassword(interaction.value))
  return interaction
}

/** Reads a user that the last write must not have changed: it must show what it showed before, whatever that was. */
export async function checkUntouched(run: Run, user: Named, cause: string, reading?: Interaction): Promise<void> {
  const { password, ...stored } = user
  const before = run.shown.at(run.pathFor('getUserByName', pathOf(user)), stored)
  const interaction = await run.send('getUserByName', {
    ...pathOf(user),
    accept: 'application/json',
    expect: 'any',
    about: `another user after ${cause}`,
  })
  if (!before) return
  const seen = isolation.otherUser(before, interaction, cause, run.habits.allows('user'))
  run.check(isolation, interaction, causedBy(seen, reading))
}

/** Deletes a user. It must not be found afterwards. */
export async function deleteUser(run: Run, user: Named, about: string): Promise<boolean> {
  const sent = await run.send('deleteUser', { ...pathOf(user), about })
  if (!isSuccess(sent)) return false
  for (const accept of [JSON_TYPE, XML_TYPE]) {
    const read = await run.send('getUserByName', {
      ...pathOf(user),
      accept,
      expect: 'missing',
      about: 'a deleted user',
    })
    run.check(deletion, read, deletion.notFound('a deleted user', read))
  }
  return true
}
