import { writeXml } from '../../openapi/codecs/write-xml.ts'
import { FORM_TYPE, JSON_TYPE, XML_TYPE } from '../cases/encode-body.ts'
import { readBack } from '../checks/read-back.ts'
import type { RecordKind } from '../habits.ts'
import { type Interaction, isSuccess } from '../interaction.ts'
import type { Run } from '../run.ts'
import type { Sending } from '../sending.ts'
import { LADDER } from '../variations/texts.ts'
import { relist } from './discover.ts'
import { orderIn } from './named-order.ts'
import { compareXml } from './read.ts'
import { type Scenario, WRITING } from './scenario.ts'
import type { Named } from './user-record.ts'

/** Writes long texts of all letters into each text of each record, by each operation that writes it, and reads them. */
export const textFields: Scenario = {
  name: 'long texts in each field',
  operations: [
    ...['createUser', 'createUsersWithListInput', 'updateUser', 'getUserByName', 'loginUser'],
    ...['updatePet', 'updatePetWithForm', 'getPetById', 'placeOrder', 'getOrderById'],
  ],
  isAddition: true,
  isThorough: true,
  modes: WRITING,
  run: async (run, known) => {
    for (const field of USER_FIELDS) await climbDown(run, field)
    await tryPasswords(run)
    if (run.mode === 'full' || run.allowLeftovers) await climbDown(run, ORDER_NAME)
    if (run.mode !== 'full' || !known.subject) return
    for (const field of petFields(known.subject.id)) await climbDown(run, field)
    await run.send('updatePet', { json: known.subject, expect: 'any', about: 'putting a pet back' })
    await relist(run, known)
  },
}

/** A record with a text in some of its fields. */
interface Filled {
  readonly sending: Sending
  /** The record that is read afterwards; undefined if only the answer tells its name. */
  readonly path?: NonNullable<Sending['path']>
  /** The part of the record that a reading must show. */
  readonly shown: object
}

/** Fields of one kind of record that an operation writes. */
interface TextField {
  readonly about: string
  readonly operationId: string
  readonly readBy: string
  readonly kind: RecordKind
  readonly fill: (run: Run, text: string) => Filled
}

const nameOf = ({ prefix }: Run, label: string) => `${prefix}field ${label}`

const namesWith = (text: string) => ({ firstName: text, lastName: text })

const ofUser = (
  about: string,
  operationId: string,
  partOf: (run: Run, text: string) => Omit<Named, 'username'>,
): TextField => ({
  about,
  operationId,
  readBy: 'getUserByName',
  kind: 'user',
  fill: (run, text) => {
    const username = nameOf(run, operationId === 'updateUser' ? 'createUser' : operationId)
    const shown = partOf(run, text)
    const path = { username }
    if (operationId === 'updateUser') return { sending: { path, json: { username, ...shown } }, path, shown }
    const user = { username, ...shown }
    return { sending: { json: operationId === 'createUser' ? user : [user] }, path, shown }
  },
})

const USER_FIELDS: readonly TextField[] = [
  ofUser('the names of a new user', 'createUser', (_run, text) => namesWith(text)),
  ofUser('the names of a user of a list', 'createUsersWithListInput', (_run, text) => namesWith(text)),
  ofUser('the names of a user', 'updateUser', (_run, text) => namesWith(text)),
  ofUser('the phone of a user', 'updateUser', (_run, phone) => ({ phone })),
  ofUser('the email of a user', 'updateUser', ({ prefix }, { length }) => ({
    email: `${prefix.toLowerCase().padEnd(length, 'x')}@mail.example`,
  })),
]

const ORDER_NAME: TextField = {
  about: 'the name of an order',
  operationId: 'placeOrder',
  readBy: 'getOrderById',
  kind: 'order',
  fill: ({ prefix }, text) => {
    const name = `${prefix.toLowerCase()}${text}`
    return { sending: { json: { name, active: true }, accept: JSON_TYPE }, shown: { name } }
  },
}

function petFields(id: number): readonly TextField[] {
  const ofPet = (about: string, sendingOf: (run: Run, pet: object) => Sending): TextField => ({
    about,
    operationId: 'updatePet',
    readBy: 'getPetById',
    kind: 'pet',
    fill: (run, text) => {
      const shown = { category: { name: text }, name: text, photoUrls: [text], tags: [{ id: 1, name: text }] }
      return { sending: sendingOf(run, { id, ...shown, status: 'sold' }), path: { petId: id }, shown }
    },
  })
  return [
    ofPet('the texts of a pet', (_run, json) => ({ json })),
    ofPet('the texts of a pet in XML', ({ document }, pet) => {
      const schema = document.schemas.Pet
      return schema ? { body: writeXml(pet, schema, 'Pet'), type: XML_TYPE } : { json: pet }
    }),
    {
      about: 'the name of a pet in a form',
      operationId: 'updatePetWithForm',
      readBy: 'getPetById',
      kind: 'pet',
      fill: (_run, name) => {
        const path = { petId: id }
        const body = new URLSearchParams({ name }).toString()
        return { sending: { path, body, type: FORM_TYPE }, path, shown: { name } }
      },
    },
  ]
}

/** Tries texts from the longest to the shortest, up to the first that is taken. That one must be kept as it is. */
async function climbDown(run: Run, field: TextField): Promise<void> {
  for (const text of LADDER) {
    const { sending, path, shown } = field.fill(run, text)
    const about = `${text.length} letters for ${field.about}`
    const sent = await run.send(field.operationId, { ...sending, expect: 'any', about })
    if (!isSuccess(sent)) continue
    const orderId = orderIn(sent, '')?.orderId
    const found = path ?? (orderId === undefined ? undefined : { orderId })
    if (found) await readKept(run, field, found, shown, about)
    return
  }
}

async function readKept(
  run: Run,
  { readBy, kind }: TextField,
  path: NonNullable<Sending['path']>,
  shown: object,
  cause: string,
): Promise<void> {
  const about = `reading after ${cause}`
  const until = ({ value }: Interaction) => readBack.stored(shown, value, cause, run.habits.allows(kind)) === undefined
  const read = await run.send(readBy, { path, accept: JSON_TYPE, about, until })
  if (!isSuccess(read)) return
  run.check(readBack, read, readBack.stored(shown, read.value, cause, run.habits.toleranceFor(kind)))
  await compareXml(run, read, { path, about: `${about}, as XML` })
}

const PASSWORD_LENGTHS = [255, 65]

/** A server may refuse a long password. One that it takes must log in, whole. */
async function tryPasswords(run: Run): Promise<void> {
  const username = nameOf(run, 'createUser')
  for (const length of PASSWORD_LENGTHS) {
    const password = 'long password '.padEnd(length, 'p')
    const about = `a password of ${length} letters`
    const json = { username, password }
    if (!isSuccess(await run.send('updateUser', { path: { username }, json, expect: 'any', about }))) continue
    await run.send('loginUser', {
      query: queryOf(username, password),
      accept: JSON_TYPE,
      about: `a login with ${about}`,
    })
    // Some keep a digest of the first 72 bytes alone.
    if (length < 72)
      await run.send('loginUser', {
        query: queryOf(username, `${password.slice(0, -1)}q`),
        expect: 'refused',
        about: `a login with another end of ${about}`,
      })
  }
}

const queryOf = (username: string, password: string) =>
  `username=${encodeURIComponent(username)}&password=${encodeURIComponent(password)}`
