import { isObject } from '../../openapi/json-object.ts'
import { crossCheck } from '../checks/cross-check.ts'
import { filters } from '../checks/filters.ts'
import { readBack } from '../checks/read-back.ts'
import { type Interaction, isSuccess } from '../interaction.ts'
import { checkInventory, checkOthers, type KnownRecords } from '../known-records.ts'
import { type KnownPet, petsIn, soundPet } from '../listed-pets.ts'
import type { Run } from '../run.ts'
import { compareXml } from './read.ts'

/** One update of a pet: the new pet, its description, and the body if it is not JSON. */
export interface Update {
  readonly pet: KnownPet
  readonly about: string
  readonly xml?: string
  readonly type?: string
}

/** Updates the subject and reads it back. Resolves with the pet as stored, or undefined if it could not be read. */
export async function putPet(run: Run, before: KnownPet, update: Update): Promise<KnownPet | undefined> {
  const sent = await run.send('updatePet', bodyOf(update))
  return isSuccess(sent) ? readPetBack(run, before, update.pet, update.about, true) : undefined
}

const bodyOf = ({ pet, about, xml, type }: Update) =>
  xml === undefined ? { json: pet, about, ...(type && { type }) } : { body: xml, type: 'application/xml', about }

/** Reads the subject in JSON and XML. It must hold what was sent and, if PUT replaced it, nothing from before. */
export async function readPetBack(
  run: Run,
  before: KnownPet,
  expected: KnownPet,
  about: string,
  replaces: boolean,
): Promise<KnownPet | undefined> {
  const sending = { path: { petId: expected.id }, about: `reading after ${about}` }
  const json = await run.send('getPetById', {
    ...sending,
    accept: 'application/json',
    until: ({ value }) =>
      readBack.stored(asShown(expected, value), value, about, run.habits.allows('pet')) === undefined,
  })
  if (!isSuccess(json) || !isObject(json.value)) return undefined
  checkStored(run, json, before, expected, about, replaces)
  await compareXml(run, json, sending)
  return soundPet({ ...(json.value as unknown as KnownPet), id: expected.id })
}

function checkStored(
  run: Run,
  interaction: Interaction,
  before: KnownPet,
  expected: KnownPet,
  about: string,
  replaces: boolean,
): void {
  const { value } = interaction
  const tolerance = run.habits.toleranceFor('pet')
  run.check(readBack, interaction, readBack.stored(asShown(expected, value), value, about, tolerance))
  const schema = run.document.schemas.Pet
  const kept = replaces ? readBack.replaced('pet', before, expected, interaction.value, schema) : undefined
  run.check(readBack, interaction, kept)
}

/** The path names the pet, so that the answer need not show the id. */
const asShown = ({ id, ...rest }: KnownPet, shown: unknown) =>
  isObject(shown) && Object.hasOwn(shown, 'id') ? { id, ...rest } : rest

/** Compares all lists and the inventory with the subject as it is now. */
export async function checkLists(run: Run, known: KnownRecords, pet: KnownPet, about: string): Promise<void> {
  const isRight = (listed: KnownPet | undefined) =>
    filters.listed(pet, listed !== undefined, about) === undefined &&
    (listed === undefined || crossCheck.asRead(pet, listed, about) === undefined)
  const listed = await checkOthers(run, known, pet.id, about, isRight)
  const last = run.interactions.at(-1)
  if (!last || !isSuccess(last)) return
  run.check(filters, last, filters.listed(pet, listed !== undefined, about))
  run.check(crossCheck, last, listed && crossCheck.asRead(pet, listed, about))
  await checkInventory(run, known, about)
}

/** Gives the pet parts that another write must leave alone. */
export async function giveEveryPart(run: Run, known: KnownRecords, { id }: KnownPet): Promise<void> {
  const { prefix } = run
  const pet: KnownPet = {
    id,
    category: { name: `${prefix}kept` },
    name: `${prefix}before`,
    photoUrls: ['kept'],
    tags: [{ id: 4, name: `${prefix}kept` }],
    status: 'available',
  }
  const now = await putPet(run, known.subject ?? pet, { pet, about: 'an update before another write' })
  if (now) known.subject = now
}

/** Reads pets. Those that an answer shows with another id are left out. */
export async function readSomePets(run: Run, ids: readonly number[]): Promise<KnownPet[]> {
  const read: KnownPet[] = []
  for (const id of ids) {
    const { value } = await run.send('getPetById', { path: { petId: id }, accept: 'application/json', about: 'a pet' })
    read.push(...petsIn(isObject(value) ? [{ id, ...value }] : []).filter((pet) => pet.id === id))
  }
  return read
}

/** Reads the pet. It must hold what was sent, but for photos: an upload may add one. */
export async function readStoredPet(run: Run, { id, photoUrls, ...pet }: KnownPet, about: string): Promise<void> {
  const read = await run.send('getPetById', {
    path: { petId: id },
    accept: 'application/json',
    about: `reading after ${about}`,
    until: ({ value }) => readBack.stored(pet, value, about, run.habits.allows('pet')) === undefined,
  })
  if (isSuccess(read))
    run.check(readBack, read, readBack.stored(pet, read.value, about, run.habits.toleranceFor('pet')))
}
