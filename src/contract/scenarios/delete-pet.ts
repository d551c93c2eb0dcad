import { JSON_TYPE, XML_TYPE } from '../cases/encode-body.ts'
import { deletion } from '../checks/deletion.ts'
import { isSuccess, statusOf } from '../interaction.ts'
import { checkInventory, checkKept, checkOthers, type KnownRecords } from '../known-records.ts'
import { ALL_STATUSES, type KnownPet } from '../listed-pets.ts'
import type { Run } from '../run.ts'
import { checkNamesakes, makeNamesakes, removeNamesakes } from './same-number.ts'
import { FULL, hasOperations, type Scenario } from './scenario.ts'
import { checkOldPlaces } from './tags.ts'

/** Deletes the subject. Runs last, since a deleted pet cannot be created again. */
export const deletePet: Scenario = {
  name: 'deleting a pet',
  operations: ['deletePet', 'getPetById', 'updatePet', 'findPetsByStatus', 'getInventory'],
  modes: FULL,
  run: async (run, known) => {
    const pet = known.subject
    if (!pet) return
    await checkOthers(run, known, pet.id, 'all writes')
    const path = { petId: pet.id }
    for (const accept of TYPES) await run.send('getPetById', { path, accept, about: 'a pet before its deletion' })
    const namesakes = await makeNamesakes(run, pet)
    if (!(await deleteBesideOthers(run, pet))) return
    known.gonePet = { id: pet.id, at: run.now() }
    await checkGone(run, known, pet)
    await checkNamesakes(run, namesakes, 'the deletion of a pet of the same number')
    await removeNamesakes(run, namesakes)
    await run.send('deletePet', { path, expect: 'missing', about: 'deleting a pet again' })
    await run.send('updatePet', { json: pet, expect: 'missing', about: 'updating a deleted pet' })
    await run.send('getPetById', { path, expect: 'missing', about: 'a deleted pet, later' })
    delete known.subject
    await checkKept(run, known, 'the deletion of a pet')
  },
}

const TYPES = [JSON_TYPE, XML_TYPE]

/** Deletes the pet while lists are made, and while it is updated. They may still show it, or not. */
async function deleteBesideOthers(run: Run, pet: KnownPet): Promise<boolean> {
  const path = { petId: pet.id }
  const about = 'a list while a pet is deleted'
  // Two writes that are done later may be done in any order.
  const isLater = run.interactions.some((one) => statusOf(one) === 202)
  const update = isLater
    ? []
    : [['updatePet', { json: pet, expect: 'any', about: 'an update beside a deletion' }] as const]
  const list = ['findPetsByStatus', { query: `status=${ALL_STATUSES}`, accept: JSON_TYPE, about }] as const
  const sent = await run.sendTogether([
    ...[list, list],
    ...update,
    ['deletePet', { path, about: 'deleting a pet' }],
    list,
    ['getInventory', { accept: JSON_TYPE, about: 'the inventory while a pet is deleted' }],
    ['getPetById', { path, accept: JSON_TYPE, expect: 'any', about: 'a pet while it is deleted' }],
  ])
  const deleted = sent.find(({ operation }) => operation?.id === 'deletePet')
  return deleted !== undefined && isSuccess(deleted)
}

async function checkGone(run: Run, known: KnownRecords, pet: KnownPet): Promise<void> {
  const { id } = pet
  for (const about of ['a deleted pet', 'a deleted pet again'])
    for (const accept of TYPES) {
      const read = await run.send('getPetById', { path: { petId: id }, accept, expect: 'missing', about })
      run.check(deletion, read, deletion.notFound(about, read))
    }
  const listed = await checkOthers(run, known, id, 'a deletion', (shown) => shown === undefined)
  const list = run.interactions.at(-1)
  if (list && isSuccess(list)) run.check(deletion, list, deletion.notListed(id, listed))
  await checkInventory(run, known, 'a deletion')
  if (hasOperations(run, 'findPetsByTags'))
    await checkOldPlaces(run, pet, { id, name: pet.name, photoUrls: [] }, 'its deletion')
}
