import { writeXml } from '../../media/xml-write.ts'
import { LONG, RICH, SPACED } from '../cases/texts.ts'
import { isSuccess } from '../exchange.ts'
import { show } from '../schema-judge.ts'
import type { Session } from '../session.ts'
import { type KnownPet, STATUSES, type World } from '../world.ts'
import { listByStatus } from './discover.ts'
import { checkLists, putPet } from './put-pet.ts'
import { FULL, type Scenario } from './scenario.ts'
import { checkTags } from './tags.ts'

/** Replaces a pet again and again, with everything that the schema allows, and reads it back in every way. */
export const updatePet: Scenario = {
  name: 'replacing a pet',
  operations: ['updatePet', 'getPetById', 'findPetsByStatus', 'findPetsByTags', 'getInventory'],
  modes: FULL,
  run: async (session, world) => {
    if (!world.subject) return
    await putRich(session, world, world.subject)
    await putMinimal(session, world, world.subject)
    for (const [about, fields] of texts(session.prefix)) await putFields(session, world, about, fields)
    await putXml(session, world, world.subject)
    await putTwice(session, world, world.subject)
  },
}

async function put(
  session: Session,
  world: World,
  pet: KnownPet,
  about: string,
  xml?: string,
): Promise<KnownPet | undefined> {
  const before = world.subject ?? pet
  const now = await putPet(session, before, { pet, about, ...(xml && { xml }) })
  if (now) world.subject = now
  return now
}

async function putRich(session: Session, world: World, { id }: KnownPet): Promise<void> {
  const { prefix } = session
  const tags = [
    { id: 9, name: `${prefix}first` },
    { id: 2 ** 40 + 7, name: `${prefix}größe` },
  ]
  const pet = {
    id,
    category: { name: `${prefix}category` },
    name: `${prefix}${RICH}`,
    photoUrls: ['https://images.example/b?x=1&y=2', 'https://images.example/a', 'https://images.example/b?x=1&y=2'],
    tags,
    status: 'pending' as const,
  }
  const now = await put(session, world, pet, 'an update with every field')
  if (!now) return
  await checkLists(session, world, now, 'an update')
  await listByStatus(session, 'pending', 'listing pending after an update')
  await checkTags(session, world, now)
}

/** Its name is a status, and it has none: a filter that looks elsewhere finds it. */
async function putMinimal(session: Session, world: World, { id }: KnownPet): Promise<void> {
  const now = await put(session, world, { id, name: 'sold', photoUrls: [] }, 'an update with the required fields')
  if (!now) return
  await checkLists(session, world, now, 'an update without a status')
  for (const status of STATUSES) {
    const pets = await listByStatus(session, status, `listing ${status} without the pet`)
    const last = session.exchanges.at(-1)
    if (last && isSuccess(last))
      session.check('filters', last, !pets.some((pet) => pet.id === id), () => ({
        place: 'a pet without a status',
        expected: `not among ${status}`,
        actual: 'listed',
      }))
  }
}

const texts = (prefix: string): readonly (readonly [string, Omit<KnownPet, 'id'>])[] => [
  [
    'an update with long text',
    { name: `${prefix}${LONG}`, photoUrls: ['p'], category: {}, tags: [{ name: `${prefix}only` }], status: 'sold' },
  ],
  ['an update with spaces', { name: SPACED, photoUrls: ['p'], tags: [], status: 'available' }],
  [
    'an update with empty text',
    { name: '', photoUrls: [''], category: { name: '' }, tags: [{ id: 3 }], status: 'sold' },
  ],
]

async function putFields(session: Session, world: World, about: string, fields: Omit<KnownPet, 'id'>): Promise<void> {
  if (world.subject) await put(session, world, { id: world.subject.id, ...fields }, about)
}

async function putXml(session: Session, world: World, { id }: KnownPet): Promise<void> {
  const { prefix, document } = session
  const pet: KnownPet = {
    id,
    category: { name: `${prefix}category` },
    name: `${prefix}Ann & Bob <b>`,
    photoUrls: ['a', 'b'],
    tags: [{ id: 5, name: `${prefix}x` }, { name: `${prefix}y` }],
    status: 'pending',
  }
  const schema = document.schemas.Pet
  if (schema) await put(session, world, pet, 'an update in XML', writeXml(pet, schema, 'Pet'))
}

/** The second time changes nothing; and the name of another pet must not reach that pet. */
async function putTwice(session: Session, world: World, { id }: KnownPet): Promise<void> {
  const { prefix } = session
  const other = world.bystander
  const status = STATUSES.find((candidate) => candidate !== other?.status) ?? 'sold'
  const tag = `${prefix}again`
  const pet: KnownPet = { id, name: other?.name ?? prefix, photoUrls: ['p', 'q'], tags: [{ id: 1, name: tag }], status }
  await put(session, world, pet, 'an update with the name of another pet')
  const again = await session.send('updatePet', { json: pet, about: 'the same update again' })
  session.check('idempotency', again, isSuccess(again), () => ({
    place: 'the same update again',
    expected: 'a 2XX, as the first time',
    actual: String(again.answer?.status),
  }))
  const read = await session.send('getPetById', {
    path: { petId: id },
    accept: 'application/json',
    about: 'reading after two equal updates',
  })
  const isSame = show(Object(read.value).photoUrls) === show(pet.photoUrls)
  if (isSuccess(read))
    session.check('idempotency', read, isSame, () => ({
      place: 'two equal updates',
      expected: show(pet.photoUrls),
      actual: show(Object(read.value).photoUrls),
    }))
  await checkLists(session, world, pet, 'two equal updates')
  await checkListedOnce(session, tag, id)
}

async function checkListedOnce(session: Session, tag: string, id: number): Promise<void> {
  const list = await session.send('findPetsByTags', {
    query: `tags=${encodeURIComponent(tag)}`,
    accept: 'application/json',
    about: 'a tag after two equal updates',
  })
  if (!Array.isArray(list.value)) return
  session.check('idempotency', list, list.value.length === 1 && list.value[0]?.id === id, () => ({
    place: 'listed after two equal updates',
    expected: 'the pet once',
    actual: `${Array.isArray(list.value) ? list.value.length : 0} pets`,
  }))
}
