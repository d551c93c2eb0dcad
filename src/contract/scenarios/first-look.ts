import { writeXml } from '../../openapi/codecs/write-xml.ts'
import { FORM_TYPE, JSON_TYPE, MULTIPART_TYPE, XML_TYPE } from '../cases/encode-body.ts'
import { RICH, SPACED } from '../cases/texts.ts'
import { missingId } from '../cases/valid-request.ts'
import { NO_KEY } from '../cases/wrong-keys.ts'
import { allow } from '../checks/allow.ts'
import { deletion } from '../checks/deletion.ts'
import { filters } from '../checks/filters.ts'
import { xmlEqualsJson } from '../checks/xml-equals-json.ts'
import { type Interaction, isSuccess, statusOf } from '../interaction.ts'
import { checkInventory, checkOthers, type KnownRecords, listPets } from '../known-records.ts'
import { ALL_STATUSES, type KnownPet, petsIn, STATUSES, showsPart, unnamedIn } from '../listed-pets.ts'
import type { Run } from '../run.ts'
import { putPet, readPetBack } from './put-pet.ts'
import { compareXml, readHead } from './read.ts'
import { EVERY_MODE, FULL, type Scenario, WRITING } from './scenario.ts'
import { multipart } from './upload.ts'
import { create, type Named, pathOf, readUser } from './user-record.ts'
import { PASSWORD } from './varied-records.ts'

/** The records of a first look. */
interface Seen extends KnownRecords {
  /** The subject as it was before. */
  before?: KnownPet
}

/** A step that needs the ones before it, and the modes in which it may be taken. */
type Step = readonly [modes: Scenario['modes'], take: (run: Run, seen: Seen) => Promise<void>]

/**
 * The few requests that show most kinds of faults, before all others. The scenarios after it look at the same more closely.
 */
export const firstLook: Scenario = {
  name: 'a first look',
  operations: ['findPetsByStatus', 'getPetById', 'getInventory', 'updatePet', 'createUser', 'getUserByName'],
  needs: ['findPetsByStatus', 'getPetById', 'getInventory'],
  isAddition: true,
  modes: EVERY_MODE,
  run: async (run, known) => {
    const seen: Seen = { pets: new Map(), unnamed: {} }
    await list(run, seen)
    // Before it is repeated, pets that others changed are put back to this.
    known.pets = seen.pets
    for (const [modes, take] of STEPS) if (modes.includes(run.mode)) await take(run, seen)
  },
}

async function list(run: Run, seen: Seen): Promise<void> {
  const json = await listPets(run, ALL_STATUSES, 'a list of all pets')
  await compareXml(run, json, { query: `status=${ALL_STATUSES}`, about: 'a list of all pets as XML' })
  const pets = petsIn(json.value)
  seen.pets = new Map(pets.map((pet) => [pet.id, pet]))
  seen.unnamed = Object.fromEntries(STATUSES.map((status) => [status, unnamedIn(ofStatus(json.value, status))]))
  const subject = pets.find(({ id }) => id >= 1)
  if (subject) seen.subject = subject
}

const ofStatus = (value: unknown, status: string) =>
  Array.isArray(value) ? value.filter((pet) => Object(pet).status === status) : []

async function readSubject(run: Run, { subject }: Seen): Promise<void> {
  if (!subject) return
  const sending = { path: { petId: subject.id }, about: 'a first pet' }
  const json = await run.send('getPetById', { ...sending, accept: JSON_TYPE })
  await compareXml(run, json, sending)
  await readHead(run, json, sending)
}

/** More than ten photos and tags, as some servers keep no more. */
const MANY = Array.from({ length: 9 }, (_, index) => index + 9)

/** A pet with every field, of which every list shows something. */
const richPet = ({ prefix }: Run, id: number, status: (typeof STATUSES)[number]): KnownPet => ({
  id,
  category: { name: `${prefix}Kätzchen & more` },
  name: `${prefix}${RICH}`,
  photoUrls: [
    ...['https://images.example/b?x=1&y=2', 'https://images.example/a', 'https://images.example/b?x=1&y=2'],
    ...MANY.map((index) => `https://images.example/${index}`),
  ],
  tags: [
    { id: 2 ** 40 + 7, name: `${prefix}größe & 1+2` },
    { id: 0, name: `${prefix}first` },
    { name: `${prefix}${'of many letters '.repeat(5).trim()}` },
    ...[...MANY, ...MANY.slice(0, 1)].map((index) => ({ id: index, name: `${prefix}${index}` })),
  ],
  status,
})

async function changePet(run: Run, seen: Seen): Promise<void> {
  const { subject } = seen
  if (!subject) return
  const { id } = subject
  const read = await run.send('getPetById', { path: { petId: id }, accept: JSON_TYPE, about: 'a first pet' })
  const [before] = petsIn([{ id, ...Object(read.value) }])
  if (!isSuccess(read) || !before) return
  seen.before = before
  const status = STATUSES.find((other) => other !== before.status) ?? 'sold'
  const pet = richPet(run, id, status)
  const now = await putPet(run, subject, { pet, about: 'a first update' })
  if (now) seen.subject = { ...pet, ...now }
}

async function listAgain(run: Run, seen: Seen): Promise<void> {
  const { subject, pets } = seen
  if (!subject || !showsPart([...pets.values()], 'status')) return
  const listed = await checkOthers(run, seen, subject.id, CHANGES)
  const last = run.interactions.at(-1)
  if (last && isSuccess(last)) run.check(filters, last, filters.listed(subject, listed !== undefined, CHANGES))
  await checkInventory(run, seen, CHANGES)
}

const CHANGES = 'first changes of a pet'

async function findByTags(run: Run, { subject }: Seen): Promise<void> {
  const names = (subject?.tags ?? []).flatMap(({ name }) => name ?? []).slice(0, 2)
  if (!subject || names.length < 2) return
  // Each tag counts, wherever it stands among others.
  const tags = [`${run.prefix}nobody`, ...names.toReversed()]
  const query = `tags=${tags.map(encodeURIComponent).join(',')}`
  const seen = ({ value }: Interaction) => filters.ofTags(subject, petsIn(value), tags, true, 'two tags')
  const about = 'filtering by two tags'
  const until = (shown: Interaction) => seen(shown) === undefined
  const found = await run.send('findPetsByTags', { query, accept: JSON_TYPE, about, until })
  if (isSuccess(found)) run.check(filters, found, seen(found))
}

const firstUser = ({ prefix }: Run): Named => ({
  id: 2 ** 32 + 5,
  username: `${prefix}First@users.example`,
  firstName: RICH,
  lastName: SPACED,
  email: `${prefix.toLowerCase()}first@mail.example`,
  password: PASSWORD,
  phone: '01550100',
  userStatus: -(2 ** 31),
})

async function makeUser(run: Run): Promise<void> {
  const user = firstUser(run)
  if (!(await create(run, user, 'a first user'))) return
  const json = await readUser(run, user, 'the creation of a first user')
  await compareXml(run, json, { ...pathOf(user), about: 'a first user as XML' })
}

/** A server may let nobody log in before the email is verified, so that only a login that succeeds says something. */
async function logIn(run: Run): Promise<void> {
  const { username, password = '' } = firstUser(run)
  const query = `username=${encodeURIComponent(username)}&password=${encodeURIComponent(password)}`
  await run.send('loginUser', { query, accept: XML_TYPE, expect: 'any', about: 'a first login, as XML' })
}

async function placeOrder(run: Run): Promise<void> {
  const order = { name: `${run.prefix}Xml & more`, validate: 'txt & more', status: 'validated', active: false }
  const xml = await run.send('placeOrder', { json: order, accept: XML_TYPE, about: 'a first order, as XML' })
  const { value } = xml
  if (isSuccess(xml) && value instanceof Object)
    run.check(xmlEqualsJson, xml, xmlEqualsJson.orderSent(order, value, run.habits.toleranceFor('order')))
}

async function askWithoutKey(run: Run, { subject }: Seen): Promise<void> {
  const path = { petId: subject?.id ?? missingId(run.seed) }
  await run.send('getPetById', { path, key: NO_KEY.key, expect: 'unauthorised', about: NO_KEY.about })
  await run.send('getInventory', {
    key: { value: 'wrong-key', shown: 'wrong-key' },
    expect: 'unauthorised',
    about: 'a wrong key',
  })
}

const readMissing = async (run: Run): Promise<void> => {
  await run.send('getPetById', { path: { petId: missingId(run.seed) }, expect: 'missing', about: 'a missing pet' })
}

/** XML, a form and what is required alone, each read back. */
async function changeInXml(run: Run, seen: Seen): Promise<void> {
  const { subject } = seen
  const schema = run.document.schemas.Pet
  if (!subject || !schema) return
  const tags = [{ id: 5, name: `${run.prefix}only` }]
  const pet: KnownPet = { id: subject.id, name: 'Ann & <b>', photoUrls: ['a', 'b'], tags, status: 'pending' }
  const xml = writeXml(pet, schema, 'Pet')
  const now = await putPet(run, subject, { pet, about: 'a first update in XML', xml })
  if (now) seen.subject = now
}

async function changeByForm(run: Run, seen: Seen): Promise<void> {
  const { subject } = seen
  if (!subject) return
  const form = { name: `${run.prefix}form & more`, status: 'sold' as const }
  const body = new URLSearchParams(form).toString()
  const about = 'a first form'
  const sent = await run.send('updatePetWithForm', { path: { petId: subject.id }, body, type: FORM_TYPE, about })
  const now = isSuccess(sent) && (await readPetBack(run, subject, { ...subject, ...form }, about, false))
  if (now) seen.subject = now
}

async function changeMinimally(run: Run, seen: Seen): Promise<void> {
  const { subject } = seen
  if (!subject) return
  const pet = { id: subject.id, name: 'sold', photoUrls: [] }
  const now = await putPet(run, subject, { pet, about: 'a first update with what is required' })
  if (now) seen.subject = now
}

async function updateUser(run: Run): Promise<void> {
  const before = firstUser(run)
  const user: Named = { username: before.username, firstName: '', lastName: `a\\b<c>`, userStatus: 0, id: 7 }
  const about = 'a first update of a user'
  if (isSuccess(await run.send('updateUser', { ...pathOf(user), json: user, about }))) await readUser(run, user, about)
}

async function deleteFirst(run: Run): Promise<void> {
  const path = pathOf(firstUser(run))
  if (!isSuccess(await run.send('deleteUser', { ...path, about: 'a first deletion' }))) return
  const read = await run.send('getUserByName', { ...path, expect: 'missing', about: 'a deleted user' })
  run.check(deletion, read, deletion.notFound('a deleted user', read))
}

/** Deleting a user must not change a pet. */
async function deleteBesidePets(run: Run, seen: Seen): Promise<void> {
  const { value } = await run.look('findPetsByStatus', { query: `status=${ALL_STATUSES}`, accept: JSON_TYPE })
  seen.pets = new Map(petsIn(value).map((pet) => [pet.id, pet]))
  await deleteFirst(run)
  if (showsPart([...seen.pets.values()], 'status'))
    await checkOthers(run, seen, Number.NaN, 'a first deletion of a user')
}

async function listUsers(run: Run): Promise<void> {
  const names = ["O'Hara é", 'a+b.c@d', 'm'.repeat(80)]
  const users = names.map((name, index): Named => ({ username: `${run.prefix}${name}`, userStatus: index }))
  const sent = await run.send('createUsersWithListInput', { json: users, about: 'a first list of users' })
  for (const user of isSuccess(sent) ? users : []) await readUser(run, user, 'the creation of a first list')
}

async function addDomain(run: Run): Promise<void> {
  const json = { name: `${run.prefix.toLowerCase()}first.example` }
  await run.send('addDomain', { json, accept: JSON_TYPE, about: 'a first domain' })
}

async function upload(run: Run, { subject }: Seen): Promise<void> {
  const sending = { accept: JSON_TYPE, type: MULTIPART_TYPE, body: multipart('größe'), about: 'a first upload' }
  if (subject) await run.send('uploadFile', { ...sending, path: { petId: subject.id } })
}

async function tryWrongMethod(run: Run): Promise<void> {
  const about = 'PATCH /pet/{petId}'
  const sending = { path: { petId: missingId(run.seed) }, method: 'PATCH', expect: 'wrong-method', about } as const
  const refused = await run.send('getPetById', sending)
  const rows = run.document.operations.filter(({ path }) => path === '/pet/{petId}')
  if (statusOf(refused) === 405) run.check(allow, refused, allow.isTrue(refused, rows, ['PATCH'], about))
}

const sendMalformed = async (run: Run): Promise<void> => {
  await run.send('updatePet', { body: '{"id":', type: JSON_TYPE, expect: 'refused', about: 'JSON that ends too early' })
}

async function askInvalidly(run: Run): Promise<void> {
  await run.send('getPetById', { path: { petId: 'abc' }, expect: 'refused', about: 'an id of letters' })
  await run.send('findPetsByStatus', { query: 'status=lost', expect: 'refused', about: 'a status outside the enum' })
}

async function putBack(run: Run, { subject, before }: Seen): Promise<void> {
  if (subject && before) await run.send('updatePet', { json: before, expect: 'any', about: 'putting a pet back' })
}

/** The order in which the catalogue of faults is covered fastest. */
const STEPS: readonly Step[] = [
  [['safe', 'owned'], readSubject],
  [FULL, changePet],
  [WRITING, makeUser],
  [WRITING, logIn],
  [FULL, findByTags],
  [FULL, changeByForm],
  [EVERY_MODE, readMissing],
  [FULL, tryWrongMethod],
  [FULL, addDomain],
  [FULL, placeOrder],
  [FULL, listAgain],
  [FULL, changeInXml],
  [EVERY_MODE, askWithoutKey],
  [WRITING, listUsers],
  [WRITING, updateUser],
  [['owned'], deleteFirst],
  [FULL, deleteBesidePets],
  [FULL, changeMinimally],
  [FULL, upload],
  [FULL, sendMalformed],
  [EVERY_MODE, askInvalidly],
  [FULL, readSubject],
  [FULL, putBack],
]
