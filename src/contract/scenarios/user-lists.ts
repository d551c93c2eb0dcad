import { readBack } from '../checks/read-back.ts'
import { type Interaction, isSuccess } from '../interaction.ts'
import type { Run } from '../run.ts'
import { checkUntouched, deleteUser, type Named, pathOf, readUser } from './user-record.ts'

/** Creates users at the same time. Each must be stored as it was sent. */
export async function createTogether(run: Run): Promise<void> {
  const made: Named[] = Array.from({ length: TOGETHER }, (_, index) => ({
    username: `${run.prefix}at once ${index}`,
    firstName: `first ${index}`,
    userStatus: -(2 ** 31) + index,
  }))
  const sent = await run.sendTogether(
    made.map((json) => ['createUser', { json, about: 'one of several creations at once' }]),
  )
  for (const [index, user] of made.entries()) {
    const created = sent[index]
    if (created && isSuccess(created)) await readUser(run, user, 'several creations at once')
  }
}

const TOGETHER = 3
/** How many users of the list are deleted and read again; the clean-up removes the others. */
const LOOKED_FOR = 4

/** Creates a long list of users with unusual names, twice. */
export async function createList(run: Run, ada: Named): Promise<void> {
  const { prefix } = run
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
    ...(index % 2 === 0 && { email: `${prefix}${index}@mail.example` }),
  }))
  const sent = await run.send('createUsersWithListInput', { json: list, about: `a list of ${list.length} users` })
  if (!isSuccess(sent)) return
  for (const [index, user] of list.entries()) {
    const read = await readUser(run, user, `the creation of user ${index + 1} of a list`)
    checkOwn(run, read, user, list[index - 1])
  }
  await checkUntouched(run, ada, 'the creation of a list')
  await run.send('createUsersWithListInput', { json: list, expect: 'any', about: 'the same list again' })
  const [first] = list
  if (first) await updateListed(run, first)
  for (const user of list.slice(0, LOOKED_FOR)) await deleteUser(run, user, 'deleting a user of a list')
}

/** A user must not have a field of the user before it in the list. */
function checkOwn(run: Run, read: Interaction, user: Named, before: Named | undefined): void {
  run.check(readBack, read, readBack.ownFields(before, user, read.value, run.document.schemas.User))
}

async function updateListed(run: Run, user: Named): Promise<void> {
  const changed = { username: user.username, firstName: 'changed' }
  const about = 'an update of a user of a list'
  if (isSuccess(await run.send('updateUser', { ...pathOf(user), json: changed, about })))
    await readUser(run, changed, about)
}
