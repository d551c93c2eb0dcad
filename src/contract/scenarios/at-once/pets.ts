import { writeXml } from '../../../openapi/codecs/write-xml.ts'
import { FORM_TYPE, JSON_TYPE, MULTIPART_TYPE, XML_TYPE } from '../../cases/encode-body.ts'
import { isSuccess, statusOf } from '../../interaction.ts'
import { checkOthers, type KnownRecords } from '../../known-records.ts'
import { type KnownPet, STATUSES } from '../../listed-pets.ts'
import type { Run } from '../../run.ts'
import type { Sending } from '../../sending.ts'
import { readSomePets, readStoredPet } from '../put-pet.ts'
import { multipart } from '../upload.ts'
import type { Planned } from './compare.ts'
import { type Texts, type Write, writeAtOnce } from './mixture.ts'

const HOW_MANY = 3

/** Changes pets at the same time, and puts them back. */
export async function petsAtOnce(run: Run, known: KnownRecords): Promise<void> {
  const ids = [...known.pets.keys()].filter((id) => id >= 1)
  const pets = await readSomePets(run, ids.slice(0, HOW_MANY))
  if (pets.length < 2) return
  await write(
    run,
    'several updates at once',
    pets.map((pet) => replaced(run, pet)),
  )
  await write(
    run,
    'forms for several pets at once',
    pets.map((pet) => renamed(run, pet)),
  )
  const [first, second] = pets
  if (first?.status !== undefined && second) await write(run, 'two forms for one pet at once', halves(run, first))
  if (first && second) await write(run, 'an update, a form and an upload at once', mixed(run, first, second))
  if (first) await writeOneAtOnce(run, first)
  for (const pet of pets) await run.send('updatePet', { json: pet, expect: 'any', about: 'putting a pet back' })
  await checkOthers(run, known, NaN, 'writes at the same time')
}

/** Requests that are sent together, and the pets as they must be afterwards. */
interface Change {
  readonly requests: readonly Planned[]
  readonly pet: KnownPet
}

const form = (petId: number, fields: Readonly<Record<string, string>>): Planned => [
  'updatePetWithForm',
  { path: { petId }, body: new URLSearchParams(fields).toString(), type: FORM_TYPE },
]

const replaced = ({ prefix }: Run, before: KnownPet): Change => {
  const pet = { ...before, name: `${prefix}together ${before.id}` }
  return { requests: [['updatePet', { json: pet }]], pet }
}

const renamed = ({ prefix }: Run, before: KnownPet): Change => {
  const pet = { ...before, name: `${prefix}by form ${before.id}` }
  return { requests: [form(before.id, { name: pet.name })], pet }
}

/** One form has the name and the other one the status. Neither may be lost. */
const halves = ({ prefix }: Run, before: KnownPet): Change[] => {
  const status = STATUSES.find((other) => other !== before.status) ?? 'sold'
  const pet = { ...before, name: `${prefix}half`, status }
  return [{ requests: [form(before.id, { name: pet.name }), form(before.id, { status })], pet }]
}

const mixed = (run: Run, first: KnownPet, second: KnownPet): Change[] => {
  const upload: Sending = { path: { petId: second.id }, accept: JSON_TYPE, type: MULTIPART_TYPE, body: multipart() }
  const { requests, pet } = renamed(run, second)
  return [replaced(run, first), { requests: [['uploadFile', upload], ...requests], pet }]
}

/** The parts of a pet that hold texts, each of them this one. */
const textsOf = (text: string): Pick<KnownPet, 'name' | 'category' | 'photoUrls' | 'tags'> => ({
  category: { name: `${text} category` },
  name: `${text} name`,
  photoUrls: [`${text} photo`, `${text} photo 2`],
  tags: [{ name: `${text} tag` }],
})

/** Pairs of writes: PUT in each media type and a form, beside a PUT. */
const PAIRS: readonly (readonly [WriteKind, WriteKind])[] = [
  ['json', 'json'],
  ['json', 'xml'],
  ['form', 'json'],
]

type WriteKind = 'json' | 'xml' | 'form'

/** Writes one pet by two requests at the same time, in each pair of ways. */
async function writeOneAtOnce(run: Run, { id, status = 'sold' }: KnownPet): Promise<void> {
  const reading: Planned = ['getPetById', { path: { petId: id }, accept: JSON_TYPE }]
  let before: Texts = textsOf(`${run.prefix}before`)
  await run.send('updatePet', { json: { id, ...before, status }, expect: 'any', about: 'a pet before writes at once' })
  for (const [turn, pair] of PAIRS.entries()) {
    const writes = pair.map((kind, index) => writeOf(run, { id, status }, kind, `${run.prefix}${turn}${'ab'[index]}`))
    await writeAtOnce(run, { reading, before, writes, tolerates: run.habits.allows('pet') })
    before = textsOf(`${run.prefix}between ${turn}`)
    await run.send('updatePet', { json: { id, ...before, status }, expect: 'any', about: 'a pet between writes' })
  }
}

function writeOf(run: Run, part: Pick<KnownPet, 'id' | 'status'>, kind: WriteKind, text: string): Write {
  const sets = textsOf(text)
  const pet = { ...part, ...sets }
  if (kind === 'form') return { request: form(part.id, { name: sets.name }), sets: { name: sets.name } }
  const schema = run.document.schemas.Pet
  if (kind === 'json' || !schema) return { request: ['updatePet', { json: pet }], sets }
  return { request: ['updatePet', { body: writeXml(pet, schema, 'Pet'), type: XML_TYPE }], sets }
}

async function write(run: Run, about: string, changes: readonly Change[]): Promise<void> {
  const requests = changes.flatMap((change) => change.requests)
  const sent = await run.sendTogether(requests.map(([id, sending]) => [id, { ...sending, about: `one of ${about}` }]))
  if (!sent.every(isSuccess)) return
  // Of two writes that are done later, each may begin with the record as it was.
  const isLater = sent.some((one) => statusOf(one) === 202)
  const certain = changes.filter((change) => change.requests.length === 1 || !isLater)
  for (const { pet } of certain) await readStoredPet(run, pet, about)
}
