import { writeXml } from '../../openapi/codecs/write-xml.ts'
import { isObject } from '../../openapi/json-object.ts'
import { LONG, RICH, SPACED } from '../cases/texts.ts'
import { filters } from '../checks/filters.ts'
import { idempotency } from '../checks/idempotency.ts'
import { isSuccess } from '../interaction.ts'
import { checkKept, type KnownRecords } from '../known-records.ts'
import { type KnownPet, STATUSES, tagNamesOf } from '../listed-pets.ts'
import type { Run } from '../run.ts'
import { listByStatus } from './discover.ts'
import { checkLists, putPet } from './put-pet.ts'
import { FULL, hasOperations, type Scenario } from './scenario.ts'
import { checkOldPlaces, checkTag, checkTags } from './tags.ts'

/** Replaces a pet with many valid values, in JSON and XML, and reads it back each time. */
export const updatePet: Scenario = {
  name: 'replacing a pet',
  operations: ['updatePet', 'getPetById', 'findPetsByStatus', 'findPetsByTags', 'getInventory'],
  modes: FULL,
  run: async (run, known) => {
    if (!known.subject) return
    await putRich(run, known, known.subject)
    await putMinimal(run, known, known.subject)
    for (const [about, fields] of texts(run.prefix)) await putFields(run, known, about, fields)
    await putXmlWithCharset(run, known.subject)
    await putXml(run, known, known.subject)
    await putTwice(run, known, known.subject)
    await checkKept(run, known, 'updates of a pet')
    await run.send('updatePet', {
      json: { name: `${run.prefix}nobody`, photoUrls: [] },
      expect: 'any',
      about: 'an update without an id',
    })
  },
}

async function put(
  run: Run,
  known: KnownRecords,
  pet: KnownPet,
  about: string,
  xml?: string,
): Promise<KnownPet | undefined> {
  const before = known.subject ?? pet
  const now = await putPet(run, before, { pet, about, ...(xml && { xml }) })
  if (now) known.subject = now
  return now
}

async function putRich(run: Run, known: KnownRecords, { id }: KnownPet): Promise<void> {
  const { prefix } = run
  const tags = [
    { id: 2 ** 40 + 7, name: `${prefix}größe & 1+2` },
    { id: 9, name: `${prefix}first` },
  ]
  const pet = {
    id,
    category: { name: `${prefix}Kätzchen 🐈` },
    name: `${prefix}${RICH}`,
    photoUrls: ['https://images.example/b?x=1&y=2', 'https://images.example/a', 'https://images.example/b?x=1&y=2'],
    tags,
    status: 'pending' as const,
  }
  const now = await put(run, known, pet, 'an update with every field')
  if (!now) return
  await checkLists(run, known, now, 'an update')
  await listByStatus(run, 'pending', 'listing pending after an update')
  await checkTags(run, known, now)
}

/** The pet has no status, but its name is one, so that a filter on the wrong field shows. */
async function putMinimal(run: Run, known: KnownRecords, { id }: KnownPet): Promise<void> {
  const before = known.subject
  const now = await put(run, known, { id, name: 'sold', photoUrls: [] }, 'an update with the required fields')
  if (!now) return
  await checkLists(run, known, now, 'an update without a status')
  if (before && hasOperations(run, 'findPetsByTags')) await checkOldPlaces(run, before, now, 'an update without tags')
  for (const status of STATUSES) {
    const pets = await listByStatus(run, status, `listing ${status} without the pet`)
    const last = run.interactions.at(-1)
    if (last && isSuccess(last)) run.check(filters, last, filters.notListed({ ...now, id }, pets, status))
  }
}

const MANY = 12

/** Many photos and tags, to find limits. Some tags share a name, and one has the id 0. */
const manyParts = (prefix: string): Pick<KnownPet, 'name' | 'photoUrls' | 'tags' | 'category'> => ({
  name: `${prefix}many`,
  photoUrls: Array.from({ length: MANY }, (_, index) => `https://images.example/ä/${MANY - index}`),
  tags: [
    { id: 0, name: `${prefix}zero` },
    { id: 2, name: `${prefix}${LONG}` },
    ...Array.from({ length: MANY }, (_, index) => ({ id: 100 - index, name: `${prefix}many` })),
  ],
  category: { name: LONG },
})

const texts = (prefix: string): readonly (readonly [string, Omit<KnownPet, 'id'>])[] => [
  [
    'an update with long text',
    { name: `${prefix}${LONG}`, photoUrls: ['p'], category: {}, tags: [{ name: `${prefix}only` }], status: 'sold' },
  ],
  ['an update with many parts', { ...manyParts(prefix), status: 'pending' }],
  ['an update with spaces', { name: SPACED, photoUrls: ['p'], tags: [], status: 'available' }],
  [
    'an update with empty text',
    { name: '', photoUrls: [''], category: { name: '' }, tags: [{ id: 3 }], status: 'sold' },
  ],
]

async function putFields(run: Run, known: KnownRecords, about: string, fields: Omit<KnownPet, 'id'>): Promise<void> {
  const now = known.subject && (await put(run, known, { id: known.subject.id, ...fields }, about))
  if (now) await checkTag(run, now, about)
}

async function putXml(run: Run, known: KnownRecords, { id }: KnownPet): Promise<void> {
  const { prefix, document } = run
  const pet: KnownPet = {
    id,
    category: { name: `${prefix}category` },
    name: `${prefix}Ann & Bob <b>`,
    photoUrls: ['a', 'b'],
    tags: [{ id: 5, name: `${prefix}x` }, { name: `${prefix}y` }],
    status: 'pending',
  }
  const schema = document.schemas.Pet
  if (schema) await put(run, known, pet, 'an update in XML', writeXml(pet, schema, 'Pet'))
  for (const [about, fields, xml] of xmlForms(prefix)) await put(run, known, { id, ...fields }, about, xml(id))
}

type XmlForm = readonly [about: string, fields: Omit<KnownPet, 'id'>, xml: (id: number) => string]

/** Pets written in the different ways that XML allows. */
const xmlForms = (prefix: string): readonly XmlForm[] => [
  [
    'an update in XML with one of each, out of order',
    { name: `${prefix}one`, photoUrls: ['a'], tags: [{ id: 3, name: `${prefix}z` }], status: 'sold' },
    (id) =>
      `<?xml version="1.0" encoding="UTF-8"?>\n<Pet>\n  <status>sold</status>\n  <tags>\n    <name>${prefix}z</name>\n    <id>3</id>\n  </tags>\n  <photoUrls>a</photoUrls>\n  <name>${prefix}one</name>\n  <id>${id}</id>\n</Pet>\n`,
  ],
  [
    'an update in XML with each reference by name',
    { name: `${prefix}"<&>'`, photoUrls: ['a'], status: 'available' },
    (id) =>
      `<Pet><id>${id}</id><name>${prefix}&quot;&lt;&amp;&gt;&apos;</name><photoUrls>a</photoUrls><status>available</status></Pet>`,
  ],
  [
    'an update in XML with CDATA, comments and references',
    { name: `${prefix}<b> & 東京`, photoUrls: ['a&b', 'é'], status: 'available' },
    (id) =>
      `<Pet><!-- a pet --><id>${id}</id><name><![CDATA[${prefix}<b> & 東京]]></name><photoUrls>a&#38;b</photoUrls><photoUrls>&#xe9;</photoUrls><status>available</status></Pet>`,
  ],
]

/** The media type may name its charset. */
async function putXmlWithCharset(run: Run, { id }: KnownPet): Promise<void> {
  const body = `<Pet><id>${id}</id><name>${run.prefix}charset</name><photoUrls>a</photoUrls></Pet>`
  await run.send('updatePet', {
    body,
    type: 'application/xml; charset=utf-8',
    about: 'an update in XML with a charset',
  })
}

/** The second equal update must change nothing. The pet has the name of another one, which must not change either. */
async function putTwice(run: Run, known: KnownRecords, { id }: KnownPet): Promise<void> {
  const { prefix } = run
  const other = known.bystander
  const status = STATUSES.find((candidate) => candidate !== other?.status) ?? 'sold'
  const tag = `${prefix}again`
  const pet: KnownPet = { id, name: other?.name ?? prefix, photoUrls: ['p', 'q'], tags: [{ id: 1, name: tag }], status }
  const once = await put(run, known, pet, 'an update with the name of another pet')
  const again = await run.send('updatePet', { json: pet, about: 'the same update again' })
  run.check(idempotency, again, idempotency.accepted(again))
  const read = await run.send('getPetById', {
    path: { petId: id },
    accept: 'application/json',
    about: 'reading after two equal updates',
  })
  if (!once || !isSuccess(read) || !isObject(read.value)) return
  run.check(idempotency, read, idempotency.samePhotos(once.photoUrls, read.value.photoUrls))
  const now: KnownPet = { ...once, ...read.value, id }
  await checkLists(run, known, now, 'two equal updates')
  if (tagNamesOf(now).includes(tag)) await checkListedOnce(run, tag, id)
}

async function checkListedOnce(run: Run, tag: string, id: number): Promise<void> {
  const list = await run.send('findPetsByTags', {
    query: `tags=${encodeURIComponent(tag)}`,
    accept: 'application/json',
    about: 'a tag after two equal updates',
    until: ({ value }) => Array.isArray(value) && idempotency.listedOnce(value, id) === undefined,
  })
  if (!Array.isArray(list.value)) return
  run.check(idempotency, list, idempotency.listedOnce(list.value, id))
}
