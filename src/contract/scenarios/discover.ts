import { findConflict, findDifference } from '../compare.ts'
import { isSuccess } from '../interaction.ts'
import {
  ALL_STATUSES,
  checkInventory,
  type KnownPet,
  listPets,
  petsIn,
  STATUSES,
  type World,
} from '../known-records.ts'
import type { Session } from '../run.ts'
import { show } from '../schema-judge.ts'
import { compareXml, readEveryWay } from './read.ts'
import { EVERY_MODE, type Scenario } from './scenario.ts'

/** Lists pets by each status and by all, and picks those that later scenarios are about. */
export const discover: Scenario = {
  name: 'lists and inventory',
  operations: ['findPetsByStatus', 'getInventory', 'getPetById'],
  modes: EVERY_MODE,
  run: async (session, world) => {
    await listEachStatus(session, world)
    await listAll(session, world)
    await checkInventory(session, world, 'nothing')
    await readEveryWay(session, 'getInventory', { about: 'the inventory' })
    await session.send('getInventory', { accept: 'application/xml', expect: 'any', about: 'the inventory as XML' })
    choose(world)
    if (!world.subject) session.skip('No pet is listed, so that nothing about a pet that is there could be looked at.')
  },
}

async function listEachStatus(session: Session, world: World): Promise<void> {
  const known = new Map<number, KnownPet>()
  for (const status of STATUSES) {
    for (const pet of await listByStatus(session, status)) known.set(pet.id, pet)
  }
  world.pets = known
}

/** Lists one status; every pet in the list must have it. */
export async function listByStatus(session: Session, status: string, about = `listing ${status}`): Promise<KnownPet[]> {
  const exchange = await listPets(session, status, about)
  if (!isSuccess(exchange) || !Array.isArray(exchange.value)) return []
  const pets = petsIn(exchange.value)
  const stranger = pets.find((pet) => !status.split(',').includes(pet.status ?? ''))
  session.check('filters', exchange, stranger === undefined, () => ({
    place: 'status of listed pets',
    expected: `only pets with status ${status}`,
    actual: show(stranger),
  }))
  return pets
}

async function listAll(session: Session, world: World): Promise<void> {
  const sending = { query: `status=${ALL_STATUSES}`, about: 'listing all statuses' }
  const all = await readEveryWay(session, 'findPetsByStatus', sending)
  if (!isSuccess(all) || !Array.isArray(all.value)) return
  const now = new Map(petsIn(all.value).map((pet) => [pet.id, pet]))
  const lost = [...new Set([...now.keys(), ...world.pets.keys()])].find((id) => now.has(id) !== world.pets.has(id))
  session.check('filters', all, lost === undefined && now.size === petsIn(all.value).length, () => ({
    place: 'union of statuses',
    expected: `each pet of ${ALL_STATUSES} once: ${world.pets.size}`,
    actual: `${petsIn(all.value).length} pets`,
  }))
  const [first] = now.values()
  if (first?.status) await listTwice(session, first.status)
  await tryRepeatedKey(session, 'findPetsByStatus', STATUSES.map((status) => `status=${status}`).join('&'), all.value)
}

/** A status that is named twice finds each pet once. */
async function listTwice(session: Session, status: string): Promise<void> {
  const pets = await listByStatus(session, `${status},${status}`, 'listing a status that is named twice')
  const ids = pets.map(({ id }) => id)
  const list = session.exchanges.at(-1)
  if (list && isSuccess(list))
    session.check('filters', list, new Set(ids).size === ids.length, () => ({
      place: 'a status that is named twice',
      expected: 'each pet once',
      actual: `${ids.length} pets, ${new Set(ids).size} of them different`,
    }))
}

/** The samples repeat the key, the text says commas: a server had better take both. */
async function tryRepeatedKey(session: Session, operationId: string, query: string, expected: unknown): Promise<void> {
  const exchange = await session.send(operationId, {
    query,
    accept: 'application/json',
    expect: 'any',
    about: 'a repeated key',
  })
  if (isSuccess(exchange) && findDifference(expected, exchange.value) === undefined) return
  session.remark('advice', 'filters', exchange, {
    place: 'a repeated key',
    expected: 'the same as with commas',
    actual: `${exchange.answer?.status}, another list`,
  })
}

/** Takes a pet whose next id is taken too, so that a slip to the neighbour shows. */
function choose(world: World): void {
  const pets = [...world.pets.values()]
  const subject = pets.find(({ id }) => world.pets.has(id + 1)) ?? pets[0]
  if (!subject) return
  world.subject = subject
  const bystander = world.pets.get(subject.id + 1) ?? pets.find(({ id }) => id !== subject.id)
  if (bystander) world.bystander = bystander
}

/** Reads the pet that was found, in every way. */
export const readPet: Scenario = {
  name: 'reading a pet',
  operations: ['getPetById'],
  modes: EVERY_MODE,
  run: async (session, world) => {
    for (const pet of telling(world)) await readListedPet(session, pet)
    await readTogether(session, world)
    if (world.subject) await readEveryWay(session, 'getPetById', { path: { petId: world.subject.id }, about: 'a pet' })
    if (world.pets.size > 0) await readPlainPet(session, world)
  },
}

async function readListedPet(session: Session, pet: KnownPet): Promise<void> {
  const path = { petId: pet.id }
  const exchange = await session.send('getPetById', { path, accept: 'application/json', about: 'a listed pet' })
  if (!isSuccess(exchange)) return
  const difference = findConflict(pet, exchange.value)
  session.check('cross-check', exchange, difference === undefined, () => ({
    place: `list and pet ${difference?.at.replace(/\/\d+/g, '/*')}`,
    expected: `${difference?.at}: ${difference?.expected}, as in the list`,
    actual: String(difference?.actual),
  }))
}

/** The pets that are told apart by what they have: of each status, with much, with nothing, with unusual text. */
function telling({ subject, bystander, pets }: World): KnownPet[] {
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

/** Reads several pets at the same time: each answer must be about its own. */
async function readTogether(session: Session, { pets }: World): Promise<void> {
  const some = [...pets.values()].slice(0, TOGETHER)
  const read = await session.sendTogether(
    some.map(({ id }) => [
      'getPetById',
      { path: { petId: id }, accept: 'application/json', about: 'one of several readings at once' },
    ]),
  )
  for (const [index, exchange] of read.entries()) {
    const conflict = isSuccess(exchange) ? findConflict(some[index], exchange.value) : undefined
    session.check('cross-check', exchange, conflict === undefined, () => ({
      place: 'readings at once',
      expected: `${conflict?.at}: ${conflict?.expected}, as when it is read alone`,
      actual: String(conflict?.actual),
    }))
  }
}

const TOGETHER = 5

/** A pet without the optional parts, where there is one: it is the one that is written wrong. */
async function readPlainPet(session: Session, { pets }: World): Promise<void> {
  const plain = [...pets.values()].filter(({ category, tags }) => category === undefined || tags === undefined)
  for (const { id } of plain.slice(0, 2)) {
    const sending = { path: { petId: id }, about: 'a pet without optional fields' }
    const json = await session.send('getPetById', { ...sending, accept: 'application/json' })
    await compareXml(session, json, sending)
  }
}
