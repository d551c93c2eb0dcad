import { writeXml } from '../../openapi/codecs/write-xml.ts'
import { XML_TYPE } from '../cases/encode-body.ts'
import { readBack } from '../checks/read-back.ts'
import { status } from '../checks/status.ts'
import { isSuccess } from '../interaction.ts'
import type { KnownRecords } from '../known-records.ts'
import type { KnownPet } from '../listed-pets.ts'
import type { Run } from '../run.ts'
import type { Sending } from '../sending.ts'
import { ALL_TEXTS, LONG_TEXTS, TEXTS, type TextRow } from '../variations/texts.ts'
import { relist } from './discover.ts'
import { compareXml } from './read.ts'
import { type Scenario, WRITING } from './scenario.ts'
import { findByTag } from './tags.ts'
import { type Named, pathOf, readUser } from './user-record.ts'
import { variedUser } from './varied-records.ts'

/** Writes each text of the tables into a user, and in full mode into a pet, and reads it in JSON and XML. */
export const allTexts: Scenario = {
  name: 'texts of all kinds',
  operations: ['createUser', 'updateUser', 'getUserByName', 'updatePet', 'getPetById'],
  needs: ['createUser', 'updateUser', 'getUserByName'],
  isAddition: true,
  isThorough: true,
  modes: WRITING,
  run: async (run, known) => {
    const email = `${run.prefix.toLowerCase()}texts@mail.example`
    const user = { ...variedUser(run), username: `${run.prefix}Texts`, email }
    if (!isSuccess(await run.send('createUser', { json: user, expect: 'any', about: 'a user for texts' }))) return
    for (const pair of inPairs(TEXTS.filter(({ demand }) => demand === 'taken'))) await writePair(run, user, pair)
    for (const way of TEXTS.filter(({ demand }) => demand !== 'taken')) await writeOne(run, user, way)
    for (const way of LONG_TEXTS.filter(({ isThorough }) => !isThorough || run.depth === 'thorough'))
      await writeOne(run, user, way)
    if (run.mode === 'full') await writePet(run, known)
  },
}

type Pair = readonly [TextRow, TextRow | undefined]

const inPairs = (ways: readonly TextRow[]): Pair[] =>
  ways.flatMap((way, index): Pair[] => (index % 2 === 0 ? [[way, ways[index + 1]]] : []))

async function writePair(run: Run, user: Named, [first, second]: Pair): Promise<void> {
  const json: Named = { ...user, firstName: first.text, lastName: second?.text ?? '' }
  const about = [first, second].flatMap((way) => way?.about ?? []).join(', and ')
  if (!isSuccess(await run.send('updateUser', { ...pathOf(user), json, about }))) return
  const read = await readUser(run, json, about)
  await compareXml(run, read, { ...pathOf(user), about: `${about}, as XML` })
}

/** The text may be refused, if not for its letters, then for its length. If it is taken, it must be kept. */
async function writeOne(run: Run, user: Named, { text, about, demand }: TextRow): Promise<void> {
  const json: Named = { ...user, lastName: text }
  const sent = await run.send('updateUser', { ...pathOf(user), json, expect: 'any', about })
  if (demand === 'taken') run.check(status, sent, status.fits(about, sent))
  if (isSuccess(sent) && demand !== 'open') await readUser(run, json, about)
}

/** So many photos and tags has a pet, of which nobody tries as many by hand. */
const MANY = 300

/** A pet with every short text as a tag and a photo, then one with hundreds of both. */
async function writePet(run: Run, known: KnownRecords): Promise<void> {
  const { subject } = known
  if (!subject) return
  const texts = TEXTS.filter(({ demand }) => demand === 'taken').map(({ text }) => text)
  const pet = { id: subject.id, status: 'sold' as const, category: { name: ALL_TEXTS } }
  const withAll = { ...pet, name: ALL_TEXTS, ...listsOf(texts) }
  await writePetWith(run, withAll, 'a pet with texts of all kinds')
  await findByTexts(run, withAll)
  const schema = run.document.schemas.Pet
  const body = schema && writeXml(withAll, schema, 'Pet')
  if (body) await writePetWith(run, withAll, 'a pet with texts of all kinds, in XML', { body, type: XML_TYPE })
  const many = Array.from({ length: MANY }, (_, index) => `${run.prefix}${index}`)
  await writePetWith(run, { ...pet, name: run.prefix, ...listsOf(many) }, `a pet with ${MANY} tags and photos`)
  await run.send('updatePet', { json: subject, expect: 'any', about: 'putting a pet back' })
  await relist(run, known)
}

/** Texts of which a query changes some on its way. A comma parts tags, and servers may normalise blanks and marks. */
const QUERIED = ['escapes of URLs', 'markup and quotes', 'letters beyond 16 bits']

async function findByTexts(run: Run, pet: KnownPet): Promise<void> {
  for (const { about, text } of TEXTS.filter((way) => QUERIED.includes(way.about)))
    await findByTag(run, pet, text, about)
}

const listsOf = (texts: readonly string[]) => ({
  photoUrls: [...texts],
  tags: texts.map((name, index) => ({ id: index + 1, name })),
})

async function writePetWith(
  run: Run,
  pet: KnownPet,
  about: string,
  body: Pick<Sending, 'json' | 'body' | 'type'> = { json: pet },
): Promise<void> {
  const sent = await run.send('updatePet', { ...body, expect: 'any', about })
  run.check(status, sent, status.fits(about, sent))
  if (!isSuccess(sent)) return
  const sending = { path: { petId: pet.id }, about: `reading ${about}` }
  const read = await run.send('getPetById', { ...sending, accept: 'application/json' })
  if (!isSuccess(read)) return
  const { id, ...fields } = pet
  run.check(readBack, read, readBack.stored(fields, read.value, about, run.habits.toleranceFor('pet')))
  await compareXml(run, read, sending)
}
