import { isSuccess, statusOf } from '../interaction.ts'
import { checkInventory, checkKept, checkOthers, type KnownPet, type World } from '../known-records.ts'
import type { Session } from '../run.ts'
import { FULL, type Scenario } from './scenario.ts'

/** Deletes the subject, last of all: it cannot be brought back. */
export const deletePet: Scenario = {
  name: 'deleting a pet',
  operations: ['deletePet', 'getPetById', 'updatePet', 'findPetsByStatus', 'getInventory'],
  modes: FULL,
  run: async (session, world) => {
    const pet = world.subject
    if (!pet) return
    await checkOthers(session, world, pet.id, 'all writes')
    const path = { petId: pet.id }
    if (!isSuccess(await session.send('deletePet', { path, about: 'deleting a pet' }))) return
    await checkGone(session, world, pet)
    await session.send('deletePet', { path, expect: 'missing', about: 'deleting a pet again' })
    await session.send('updatePet', { json: pet, expect: 'missing', about: 'updating a deleted pet' })
    await session.send('getPetById', { path, expect: 'missing', about: 'a deleted pet, later' })
    delete world.subject
    await checkKept(session, world, 'the deletion of a pet')
  },
}

async function checkGone(session: Session, world: World, { id }: KnownPet): Promise<void> {
  for (const about of ['a deleted pet', 'a deleted pet again']) {
    const read = await session.send('getPetById', {
      path: { petId: id },
      accept: 'application/json',
      expect: 'missing',
      about,
    })
    session.check('deletion', read, statusOf(read) === 404, () => ({
      place: about,
      expected: '404',
      actual: String(statusOf(read)),
    }))
  }
  const listed = await checkOthers(session, world, id, 'a deletion')
  const list = session.exchanges.at(-1)
  if (list && isSuccess(list))
    session.check('deletion', list, listed === undefined, () => ({
      place: 'a deleted pet in a list',
      expected: `no pet ${id}`,
      actual: 'still listed',
    }))
  await checkInventory(session, world, 'a deletion')
}
