import { setTimeout as sleep } from 'node:timers/promises'
import { FORM_TYPE } from '../cases/encode-body.ts'
import { deletion } from '../checks/deletion.ts'
import { readBack } from '../checks/read-back.ts'
import { type Interaction, isSuccess } from '../interaction.ts'
import { checkOthers, type KnownRecords } from '../known-records.ts'
import type { KnownPet } from '../listed-pets.ts'
import type { Run } from '../run.ts'
import { placeNamed, readNamed } from './named-order.ts'
import { readSomePets, readStoredPet } from './put-pet.ts'
import type { Scenario } from './scenario.ts'
import { create, deleteUser, type Named, pathOf, readUser } from './user-record.ts'

/** Looks again, some time after a write. */
type Look = () => Promise<void>

/** Some servers undo a write a moment after they acknowledged it: a transaction, a cache, a job. */
const LATER_MS = 1500
const LATER = 'a write some time ago'

/** Runs the scenario between writes and a second look at them, so that the time is not lost. It must not write to pets. */
export const withLastingWrites = (scenario: Scenario): Scenario => ({
  ...scenario,
  run: async (run, known) => {
    const lookAgain = run.mode === 'safe' ? undefined : await writeLasting(run, known)
    await scenario.run(run, known)
    await lookAgain?.()
    if (run.mode === 'full') await checkOthers(run, known, Number.NaN, 'writes of each kind')
  },
})

/** Creates, updates and deletes records of each kind. Resolves with a function that waits, and looks whether all stayed so. */
async function writeLasting(run: Run, known: KnownRecords): Promise<Look> {
  const looks = [...(await writeUsers(run)), ...(await writeOrders(run)), ...(await writePets(run, known))]
  const writtenAt = run.now()
  return async () => {
    const left = writtenAt + LATER_MS - run.now()
    if (looks.length > 0 && left > 0) await sleep(left)
    for (const look of looks) await look()
  }
}

async function writeUsers(run: Run): Promise<Look[]> {
  const userOf = (turn: string): Named => ({ username: `${run.prefix}lasting ${turn}`, firstName: turn, userStatus: 7 })
  const [made, changed, deleted] = [userOf('made'), userOf('changed'), userOf('deleted')]
  const looks: Look[] = []
  if (await create(run, made, 'a user that stays')) looks.push(async () => void (await readUser(run, made, LATER)))
  if (await create(run, changed, 'a user that is changed')) {
    const json = { ...changed, firstName: 'later', userStatus: 8 }
    const sent = await run.send('updateUser', { ...pathOf(json), json, about: 'an update that stays' })
    if (isSuccess(sent)) looks.push(async () => void (await readUser(run, json, LATER)))
  }
  if ((await create(run, deleted, 'a user that goes')) && (await deleteUser(run, deleted, 'a deletion that stays')))
    looks.push(() => findNone(run, 'getUserByName', pathOf(deleted).path, 'a user that was deleted some time ago'))
  return looks
}

async function findNone(run: Run, operationId: string, path: Readonly<Record<string, string>>, about: string) {
  const read = await run.send(operationId, { path, expect: 'missing-or-invalid', about })
  run.check(deletion, read, deletion.notFound(about, read, [400, 404, 405, 422]))
}

async function writeOrders(run: Run): Promise<Look[]> {
  if (run.mode !== 'full' && !run.allowLeftovers) return []
  const kept = await placeNamed(run, 'lasting', 'an order that stays')
  const gone = await placeNamed(run, 'lastinggone', 'an order that goes')
  const path = { orderId: gone?.orderId ?? '' }
  const isGone = gone && isSuccess(await run.send('deleteOrder', { path, about: 'a deletion that stays' }))
  return [
    ...(kept ? [async () => void (await readNamed(run, kept, LATER))] : []),
    ...(isGone ? [() => findNone(run, 'getOrderById', path, 'an order that was deleted some time ago')] : []),
  ]
}

/** Changes two pets, one by PUT and one by form, and puts them back in the end. */
async function writePets(run: Run, known: KnownRecords): Promise<Look[]> {
  const ids = [...known.pets.keys()].filter((id) => id >= 1 && id !== known.subject?.id).slice(0, 2)
  const [first, second] = run.mode === 'full' ? await readSomePets(run, ids) : []
  const byPut: Rename = (pet, name) => run.send('updatePet', { json: { ...pet, name }, about: 'an update that stays' })
  const byForm: Rename = ({ id }, name) =>
    run.send('updatePetWithForm', {
      path: { petId: id },
      body: new URLSearchParams({ name }).toString(),
      type: FORM_TYPE,
      about: 'a form that stays',
    })
  return [...(await renamePet(run, first, byPut)), ...(await renamePet(run, second, byForm))]
}

type Rename = (pet: KnownPet, name: string) => Promise<Interaction>

async function renamePet(run: Run, before: KnownPet | undefined, rename: Rename): Promise<Look[]> {
  if (!before) return []
  const pet = { ...before, name: `${run.prefix}lasting` }
  if (!isSuccess(await rename(before, pet.name))) return []
  return [
    async () => {
      if ((await nameOf(run, before)) === before.name && (await proveUndone(run, before, rename))) return
      await readStoredPet(run, pet, LATER)
      await run.send('updatePet', { json: before, expect: 'any', about: 'putting a pet back' })
    },
  ]
}

const lookAt = (run: Run, { id }: KnownPet) =>
  run.look('getPetById', { path: { petId: id }, accept: 'application/json' })
const nameOf = async (run: Run, pet: KnownPet): Promise<unknown> => Object((await lookAt(run, pet)).value).name

const TRIALS = 2

/** Writes again, in isolation. Another client would hardly bring the pet back to exactly what it was, each time. */
async function proveUndone(run: Run, before: KnownPet, rename: Rename): Promise<boolean> {
  for (let trial = 0; trial < TRIALS; trial += 1) {
    const name = `${run.prefix}trial ${trial}`
    await sleep(LATER_MS)
    if ((await nameOf(run, before)) !== before.name) return false
    await rename(before, name)
    if ((await nameOf(run, before)) !== name) return false
    await sleep(LATER_MS)
    if ((await nameOf(run, before)) !== before.name) return false
  }
  run.check(readBack, await lookAt(run, before), readBack.undone(`${run.prefix}trial`, before.name, TRIALS + 1))
  return true
}
