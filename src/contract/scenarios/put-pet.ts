import { findConflict, findKept, findLoss } from '../compare.ts'
import { type Exchange, isSuccess } from '../interaction.ts'
import { checkInventory, checkOthers, type KnownPet, type World } from '../known-records.ts'
import type { Session } from '../run.ts'
import { isObject } from '../schema-judge.ts'
import { compareXml } from './read.ts'

/** How a pet is updated: the body, and what it is about. */
export interface Update {
  readonly pet: KnownPet
  readonly about: string
  readonly xml?: string
  readonly type?: string
}

/** Updates the subject and reads it back. Resolves with the pet as it is now, undefined where it was not to be had. */
export async function putPet(session: Session, before: KnownPet, update: Update): Promise<KnownPet | undefined> {
  const sent = await session.send('updatePet', bodyOf(update))
  return isSuccess(sent) ? readBack(session, before, update.pet, update.about, true) : undefined
}

const bodyOf = ({ pet, about, xml, type }: Update) =>
  xml === undefined ? { json: pet, about, ...(type && { type }) } : { body: xml, type: 'application/xml', about }

/** Reads the subject in JSON and XML; it must be what was sent, and nothing from before where PUT replaces. */
export async function readBack(
  session: Session,
  before: KnownPet,
  expected: KnownPet,
  about: string,
  replaces: boolean,
): Promise<KnownPet | undefined> {
  const sending = { path: { petId: expected.id }, about: `reading after ${about}` }
  const json = await session.send('getPetById', { ...sending, accept: 'application/json' })
  if (!isSuccess(json) || !isObject(json.value)) return undefined
  checkStored(session, json, before, expected, about, replaces)
  await compareXml(session, json, sending)
  return json.value as unknown as KnownPet
}

function checkStored(
  session: Session,
  exchange: Exchange,
  before: KnownPet,
  expected: KnownPet,
  about: string,
  replaces: boolean,
): void {
  const loss = findLoss(expected, exchange.value)
  session.check('read-back', exchange, loss === undefined, () => ({
    place: `stored ${loss?.at.replace(/\/\d+/g, '/*')}`,
    expected: `${loss?.at}: ${loss?.expected}, as was sent by ${about}`,
    actual: String(loss?.actual),
  }))
  const kept = replaces ? findKept(before, expected, exchange.value, session.document.schemas.Pet) : undefined
  session.check('read-back', exchange, kept === undefined, () => ({
    place: `kept ${kept}`,
    expected: `no ${kept}: PUT replaces the whole pet`,
    actual: `${kept} as it was before`,
  }))
}

/** Holds all lists and the inventory against what the subject now is. */
export async function checkLists(session: Session, world: World, pet: KnownPet, about: string): Promise<void> {
  const listed = await checkOthers(session, world, pet.id, about)
  const last = session.exchanges.at(-1)
  if (!last || !isSuccess(last)) return
  session.check('filters', last, (listed !== undefined) === (pet.status !== undefined), () => ({
    place: 'listed by its status',
    expected: `${pet.status ? `pet ${pet.id} among ${pet.status}` : `pet ${pet.id}, which has no status, in no list`} after ${about}`,
    actual: listed ? 'listed' : 'not listed',
  }))
  const conflict = listed && findConflict(pet, listed)
  session.check('cross-check', last, conflict === undefined, () => ({
    place: `list and pet ${conflict?.at.replace(/\/\d+/g, '/*')}`,
    expected: `${conflict?.at}: ${conflict?.expected}, as the pet has after ${about}`,
    actual: String(conflict?.actual),
  }))
  await checkInventory(session, world, about)
}
