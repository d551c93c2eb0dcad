import { FORM_TYPE } from '../cases/encode-body.ts'
import { isSuccess } from '../interaction.ts'
import { checkInventory, checkOthers, type KnownRecords, listPets } from '../known-records.ts'
import { ALL_STATUSES, type KnownPet, petsIn, STATUSES } from '../listed-pets.ts'
import type { Run } from '../run.ts'
import { listByStatus } from './discover.ts'
import { checkSame } from './read.ts'
import { EVERY_MODE, FULL, type Scenario } from './scenario.ts'

const MOST_MOVED = 5

/** Lists every status again. Reading must not have changed anything. */
export const safeReading: Scenario = {
  name: 'reading changes nothing',
  operations: ['findPetsByStatus', 'getPetById', 'getInventory'],
  modes: EVERY_MODE,
  run: async (run, known) => {
    for (const status of ALL_STATUSES.split(',')) await listByStatus(run, status, `listing ${status} once more`)
    await checkOthers(run, known, NaN, 'reading')
  },
}

/**
 * Gives a pet each status in turn and lists that status twice. A server whose lists change pets may have none left to
 * change by the time the lists as they came are read again.
 */
export const listsReadTwice: Scenario = {
  name: 'lists that are read twice',
  operations: ['findPetsByStatus', 'updatePetWithForm'],
  modes: FULL,
  run: async (run, { subject }) => {
    if (subject?.status === undefined) return
    for (const status of STATUSES) {
      if (!(await setStatus(run, subject, status))) continue
      const about = `listing ${status} with a pet in it`
      const first = await listPets(run, status, about, ({ value }) => petsIn(value).some(({ id }) => id === subject.id))
      checkSame(run, first, await listPets(run, status, `${about} again`))
    }
    await setStatus(run, subject, subject.status)
  },
}

/** Empties the smallest status by form, counts, and puts everything back. */
export const emptyStatus: Scenario = {
  name: 'a status without pets',
  isThorough: true,
  operations: ['getInventory', 'findPetsByStatus', 'updatePetWithForm'],
  modes: FULL,
  run: async (run, known) => {
    const groups = ALL_STATUSES.split(',').map((status) => [status, petsOf(known, status)] as const)
    const [smallest, next] = groups.toSorted(([, a], [, b]) => a.length - b.length)
    if (!smallest || !next || smallest[1].length > MOST_MOVED || isOutOfReach(known, smallest)) {
      return run.skip('Every status has many pets, so the inventory was not read with an empty one.')
    }
    const [status, pets] = smallest
    for (const pet of pets) await setStatus(run, pet, next[0])
    const after = { ...known, pets: moved(known, pets, next[0]) }
    await checkOthers(run, after, NaN, 'moving pets between statuses')
    await listByStatus(run, status, 'listing a status without pets')
    await checkInventory(run, after, 'emptying a status')
    for (const pet of pets) await setStatus(run, pet, status)
  },
}

/** True if the status has pets that no form can move. */
const isOutOfReach = ({ unnamed }: KnownRecords, [status, pets]: readonly [string, readonly KnownPet[]]) =>
  (unnamed[status] ?? 0) > 0 || pets.some(({ id }) => id < 1)

const petsOf = ({ pets }: KnownRecords, wanted: string) => [...pets.values()].filter(({ status }) => status === wanted)

function moved({ pets }: KnownRecords, some: readonly KnownPet[], status: string): Map<number, KnownPet> {
  const changed = some.map((pet) => [pet.id, { ...pet, status: status as NonNullable<KnownPet['status']> }] as const)
  return new Map([...pets, ...changed])
}

async function setStatus(run: Run, { id }: KnownPet, status: string): Promise<boolean> {
  const sending = {
    path: { petId: id },
    body: `status=${status}`,
    type: FORM_TYPE,
    about: 'moving a pet to another status',
  }
  return isSuccess(await run.send('updatePetWithForm', sending))
}
