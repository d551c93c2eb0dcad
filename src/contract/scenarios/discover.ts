import { crossCheck } from '../checks/cross-check.ts'
import { filters } from '../checks/filters.ts'
import { type Interaction, isSuccess } from '../interaction.ts'
import { checkInventory, type KnownRecords, listPets } from '../known-records.ts'
import { ALL_STATUSES, type KnownPet, petsIn, petsOfStatus, STATUSES, unnamedIn } from '../listed-pets.ts'
import type { Run } from '../run.ts'
import { compareXml, readEveryWay } from './read.ts'
import { EVERY_MODE, type Scenario } from './scenario.ts'

/** Lists pets by each status and by all, and picks the pets for later scenarios. */
export const discover: Scenario = {
  name: 'lists and inventory',
  operations: ['findPetsByStatus', 'getInventory', 'getPetById'],
  modes: EVERY_MODE,
  run: async (run, known) => {
    await listEachStatus(run, known)
    await listAll(run, known)
    await checkInventory(run, known, 'nothing')
    await readEveryWay(run, 'getInventory', { about: 'the inventory' })
    await run.send('getInventory', { accept: 'application/xml', expect: 'any', about: 'the inventory as XML' })
    choose(known)
    if (known.pets.size === 0 && unnamedOf(known) === 0) await lookForUnlisted(run)
    if (!known.subject) run.skip('No pet is listed, so nothing that needs a stored pet was tried.')
  },
}

const unnamedOf = ({ unnamed }: KnownRecords) => Object.values(unnamed).reduce((sum, count) => sum + count, 0)

/** Ids that a pet is likely to have. */
const USUAL_IDS = 10

/** Where no list shows any pet, one that is at its own path is missing in them. */
async function lookForUnlisted(run: Run): Promise<void> {
  for (let petId = 1; petId <= USUAL_IDS; petId++) {
    const sending = { path: { petId }, accept: 'application/json', about: 'a pet, as no list shows any' }
    const read = await run.send('getPetById', { ...sending, expect: 'any' })
    const [pet] = isSuccess(read) ? petsIn([read.value]) : []
    if (pet === undefined || !STATUSES.some((status) => status === pet.status)) continue
    const isListed = ({ value }: Interaction) => petsIn(value).some(({ id }) => id === pet.id)
    const about = 'listing the status of a pet that no list showed'
    const list = await listPets(run, pet.status ?? '', about, isListed)
    if (!isSuccess(list) || !Array.isArray(list.value)) return
    return run.check(filters, list, filters.listed(pet, isListed(list), 'its own path shows it'))
  }
}

async function listEachStatus(run: Run, known: KnownRecords): Promise<void> {
  const pets = new Map<number, KnownPet>()
  const unnamed: Record<string, number> = {}
  for (const status of STATUSES) {
    const listed = await listByStatus(run, status, `listing ${status}`, (list) => {
      unnamed[status] = unnamedIn(list)
    })
    for (const pet of listed) pets.set(pet.id, pet)
  }
  Object.assign(known, { pets, unnamed })
}

/** Lists one status; every pet in the list must have it. */
export async function listByStatus(
  run: Run,
  status: string,
  about = `listing ${status}`,
  onList: (list: unknown) => void = () => {},
): Promise<KnownPet[]> {
  const isRight = ({ value }: Interaction) => filters.ofStatus(petsIn(value), status) === undefined
  const interaction = await listPets(run, status, about, isRight)
  if (!isSuccess(interaction) || !Array.isArray(interaction.value)) return []
  onList(interaction.value)
  run.check(filters, interaction, filters.ofStatus(petsIn(interaction.value), status))
  return petsOfStatus(interaction.value, status.split(',')[0] ?? '')
}

async function listAll(run: Run, known: KnownRecords): Promise<void> {
  const sending = { query: `status=${ALL_STATUSES}`, about: 'listing all statuses' }
  const all = await readEveryWay(run, 'findPetsByStatus', sending)
  if (!isSuccess(all) || !Array.isArray(all.value)) return
  const listed = petsIn(all.value)
  run.check(filters, all, filters.ofAllStatuses(listed, known.pets))
  await listEncoded(run, known)
  const [first] = listed
  if (first?.status) await listTwice(run, first.status)
  await tryRepeatedKey(run, 'findPetsByStatus', STATUSES.map((status) => `status=${status}`).join('&'), all.value)
}

/** A comma separates, encoded or not. */
async function listEncoded(run: Run, known: KnownRecords): Promise<void> {
  const list = await listPets(run, STATUSES.join('%2C'), 'listing all statuses with encoded commas')
  if (!isSuccess(list) || !Array.isArray(list.value)) return
  run.check(filters, list, filters.ofAllStatuses(petsIn(list.value), known.pets))
}

/** If a status is named twice, each pet must still be listed once. */
async function listTwice(run: Run, status: string): Promise<void> {
  const pets = await listByStatus(run, `${status},${status}`, 'listing a status that is named twice')
  const list = run.interactions.at(-1)
  if (list && isSuccess(list)) run.check(filters, list, filters.once(pets))
}

/** The samples repeat the key and the text says commas, so a server should accept both. */
async function tryRepeatedKey(run: Run, operationId: string, query: string, expected: unknown): Promise<void> {
  const interaction = await run.send(operationId, {
    query,
    accept: 'application/json',
    expect: 'any',
    about: 'a repeated key',
  })
  run.remark(filters, interaction, filters.repeatedKey(expected, interaction))
}

/** Lists all pets again, without any check, and picks the pets for later scenarios anew. */
export async function relist(run: Run, known: KnownRecords): Promise<void> {
  const pets = new Map<number, KnownPet>()
  const unnamed: Record<string, number> = {}
  for (const status of STATUSES) {
    const { value } = await run.look('findPetsByStatus', { query: `status=${status}`, accept: 'application/json' })
    for (const pet of petsOfStatus(value, status)) pets.set(pet.id, pet)
    unnamed[status] = unnamedIn(value)
  }
  delete known.subject
  delete known.bystander
  Object.assign(known, { pets, unnamed })
  choose(known)
}

/**
 * Prefers a pet whose next id exists too, so that an answer about the wrong one shows. Ids below 1 are left alone, and so is the pet
 * that this run has deleted: a server may list it still.
 */
function choose(known: KnownRecords): void {
  const pets = [...known.pets.values()].filter(({ id }) => id >= 1 && id !== known.gonePet?.id)
  const subject = pets.find(({ id }) => known.pets.has(id + 1)) ?? pets[0]
  if (!subject) return
  known.subject = subject
  const bystander = known.pets.get(subject.id + 1) ?? pets.find(({ id }) => id !== subject.id)
  if (bystander) known.bystander = bystander
}

/** Reads the chosen pets in JSON, XML and with every usual Accept. */
export const readPet: Scenario = {
  name: 'reading a pet',
  operations: ['getPetById'],
  modes: EVERY_MODE,
  run: async (run, known) => {
    for (const pet of differingPets(known)) await readListedPet(run, pet)
    await readTogether(run, known)
    if (known.subject) await readEveryWay(run, 'getPetById', { path: { petId: known.subject.id }, about: 'a pet' })
    if (known.pets.size > 0) await readPlainPet(run, known)
  },
}

async function readListedPet(run: Run, pet: KnownPet): Promise<void> {
  const path = { petId: pet.id }
  const interaction = await run.send('getPetById', { path, accept: 'application/json', about: 'a listed pet' })
  if (!isSuccess(interaction)) return
  run.check(crossCheck, interaction, crossCheck.asListed(pet, interaction.value))
}

/** Pets that differ: one of each status, with most tags and photos, with unusual text, without photos. */
function differingPets({ subject, bystander, pets }: KnownRecords): KnownPet[] {
  const all = [...pets.values()]
  const most = (sizeOf: (pet: KnownPet) => number) => all.toSorted((a, b) => sizeOf(b) - sizeOf(a))[0]
  const picked = [
    subject,
    bystander,
    ...STATUSES.map((wanted) => all.find(({ status }) => status === wanted)),
    most(({ tags = [] }) => tags.length),
    most(({ photoUrls }) => photoUrls.length),
    most(({ name }) => Buffer.byteLength(String(name)) - String(name).length),
    all.find(({ photoUrls }) => photoUrls.length === 0),
  ]
  return [...new Set(picked.filter((pet) => pet !== undefined))]
}

/** Reads several pets at the same time: each answer must show its own pet. */
async function readTogether(run: Run, { pets }: KnownRecords): Promise<void> {
  const some = [...pets.values()].slice(0, TOGETHER)
  const read = await run.sendTogether(
    some.map(({ id }) => [
      'getPetById',
      { path: { petId: id }, accept: 'application/json', about: 'one of several readings at once' },
    ]),
  )
  for (const [index, interaction] of read.entries()) {
    const seen = isSuccess(interaction) ? crossCheck.atOnce(some[index], interaction.value) : undefined
    run.check(crossCheck, interaction, seen)
  }
}

const TOGETHER = 5

/** Reads pets without optional fields, since writers of XML often fail on them. */
async function readPlainPet(run: Run, { pets }: KnownRecords): Promise<void> {
  const plain = [...pets.values()].filter(({ category, tags }) => category === undefined || tags === undefined)
  for (const { id } of plain.slice(0, 2)) {
    const sending = { path: { petId: id }, about: 'a pet without optional fields' }
    const json = await run.send('getPetById', { ...sending, accept: 'application/json' })
    await compareXml(run, json, sending)
  }
}
