import { JSON_TYPE } from '../../cases/encode-body.ts'
import { deletion } from '../../checks/deletion.ts'
import { readBack } from '../../checks/read-back.ts'
import { type Interaction, isSuccess, statusOf } from '../../interaction.ts'
import type { Run } from '../../run.ts'
import { type Named, pathOf } from '../user-record.ts'
import type { Planned } from './compare.ts'
import { writeAtOnce } from './mixture.ts'

const userOf = ({ prefix }: Run, turn: string): Named => ({
  username: `${prefix}together one`,
  firstName: `${turn} first`,
  lastName: `${turn} last`,
  email: `${prefix.toLowerCase()}${turn}@mail.example`,
  userStatus: turn.length,
})

/** Creates, reads, updates and deletes one user at the same time: nothing may be mixed, and one deletion succeeds. */
export async function oneUserAtOnce(run: Run): Promise<void> {
  const [one, other] = [userOf(run, 'one'), userOf(run, 'another')]
  const made = await together(run, 'creations of one user', [one, other].map(creation))
  if (!made.some(isSuccess) || isLater(made)) return
  await checkWhole(run, await read(run, one, 'creations of one user at once'), [one, other])
  // A name that is taken may be refused; the user then is one of the two.
  await run.send('createUser', { json: one, expect: 'any', about: 'a user that is there' })
  await readWhileWriting(run, one, other)
  await writeInPairs(run, other)
  await deleteBesideUpdate(run, one)
  if (isSuccess(await run.send('createUser', { json: one, expect: 'any', about: 'a user again' })))
    await deleteAtOnce(run, one)
}

const creation = (json: Named): Planned => ['createUser', { json }]

const together = (run: Run, what: string, requests: readonly Planned[]): Promise<Interaction[]> =>
  run.sendTogether(requests.map(([id, sending]) => [id, { ...sending, expect: 'any', about: `${what} at once` }]))

/** Writes that are accepted with 202 are done in any order. */
const isLater = (sent: readonly Interaction[]) => sent.some((one) => statusOf(one) === 202)

const read = (run: Run, user: Named, cause: string): Promise<Interaction> =>
  run.send('getUserByName', { ...pathOf(user), accept: JSON_TYPE, expect: 'any', about: `reading after ${cause}` })

/** A user must be one of those that were written, in every field. */
async function checkWhole(run: Run, shown: Interaction, written: readonly Named[]): Promise<void> {
  if (!isSuccess(shown)) return
  const losses = written.map((user) => readBack.stored(user, shown.value, shown.about, run.habits.allows('user')))
  run.check(readBack, shown, losses.every((loss) => loss !== undefined) ? losses[0] : undefined)
}

const READINGS = 3

/** A reading beside an update shows the user before it or after it. */
async function readWhileWriting(run: Run, before: Named, after: Named): Promise<void> {
  const reading: Planned = ['getUserByName', { ...pathOf(before), accept: JSON_TYPE }]
  const readings = Array.from({ length: READINGS }, () => reading)
  const update: Planned = ['updateUser', { ...pathOf(after), json: after }]
  const sent = await together(run, 'an update among readings', [...readings, update, ...readings])
  if (isLater(sent)) return
  for (const one of sent.filter(({ operation }) => operation?.id === 'getUserByName'))
    await checkWhole(run, one, [before, after])
  if (sent.some((one) => one.operation?.id === 'updateUser' && isSuccess(one)))
    await checkWhole(run, await read(run, after, 'an update among readings'), [after])
}

/** Each way to write a user that is there, beside an update. A name that is taken may be refused. */
const BESIDE_UPDATE: readonly ((json: Named) => Planned)[] = [
  (json) => ['updateUser', { ...pathOf(json), json }],
  (json) => ['createUsersWithListInput', { json: [json] }],
  creation,
]

async function writeInPairs(run: Run, user: Named): Promise<void> {
  let before = user
  for (const [turn, write] of BESIDE_UPDATE.entries()) {
    const pair = ['a', 'b'].map((letter) => userOf(run, `pair${turn}${letter}`))
    const [first, second] = pair
    if (!first || !second) continue
    const update: Planned = ['updateUser', { ...pathOf(first), json: first }]
    await writeAtOnce(run, {
      reading: ['getUserByName', { ...pathOf(user), accept: JSON_TYPE }],
      before: textsOf(before),
      writes: [
        { request: update, sets: textsOf(first) },
        { request: write(second), sets: textsOf(second) },
      ],
      tolerates: run.habits.allows('user'),
    })
    before = userOf(run, `after${turn}`)
    await run.send('updateUser', { ...pathOf(before), json: before, expect: 'any', about: 'a user between writes' })
  }
}

const textsOf = ({ firstName, lastName, email }: Named) => ({ firstName, lastName, email })

/** If both succeed, the update came first: the user is gone. */
async function deleteBesideUpdate(run: Run, user: Named): Promise<void> {
  const about = 'an update and a deletion of one user'
  const sent = await together(run, about, [
    ['updateUser', { ...pathOf(user), json: user }],
    ['deleteUser', pathOf(user)],
  ])
  if (isLater(sent) || !sent.every(isSuccess)) return
  const gone = await run.send('getUserByName', { ...pathOf(user), expect: 'any', about: `reading after ${about}` })
  run.check(deletion, gone, deletion.notFound(`a user after ${about} at once`, gone))
}

const DELETIONS = 4

async function deleteAtOnce(run: Run, user: Named): Promise<void> {
  const about = 'deletions of one user'
  const sent = await together(
    run,
    about,
    Array.from({ length: DELETIONS }, () => ['deleteUser', pathOf(user)]),
  )
  const [last] = sent.slice(-1)
  if (isLater(sent)) return
  if (last) run.check(deletion, last, deletion.once(sent.filter(isSuccess).length))
  const gone = await run.send('getUserByName', { ...pathOf(user), expect: 'any', about: `reading after ${about}` })
  if (sent.some(isSuccess)) run.check(deletion, gone, deletion.notFound(`a user after ${about}`, gone))
}
