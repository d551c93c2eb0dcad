import type { Schema } from '../../openapi/schema.ts'
import { JSON_TYPE, XML_TYPE } from '../cases/encode-body.ts'
import { malformedJson } from '../cases/malformed-bodies.ts'
import { type WrongValue, wrongValues } from '../cases/wrong-values.ts'
import { refusedWrite } from '../checks/refused-write.ts'
import { type Interaction, isSuccess } from '../interaction.ts'
import type { KnownRecords } from '../known-records.ts'
import type { Run } from '../run.ts'
import { type Scenario, WRITING } from './scenario.ts'

/** A valid body, and the operation and record that it is for. */
interface ValidBody {
  readonly operationId: string
  readonly valid: Readonly<Record<string, unknown>>
  readonly path?: Readonly<Record<string, string | number>>
}

/** Sends bodies with one breach of their schema each. Updates name records that exist. */
export const invalidBodies: Scenario = {
  name: 'invalid bodies',
  isThorough: true,
  operations: ['addDomain', 'updatePet', 'placeOrder', 'createUser', 'createUsersWithListInput', 'updateUser'],
  modes: WRITING,
  run: async (run, known) => {
    const mayLeave = run.mode === 'full' || run.allowLeftovers
    if (mayLeave) await refuseThenTake(run, { operationId: 'addDomain', valid: { name: `${run.prefix}bad.example` } })
    if (mayLeave) await refuseThenTake(run, { operationId: 'placeOrder', valid: orderOf(run) })
    if (run.mode === 'full') await refusePets(run, known)
    await refuseUsers(run)
    await refuseUpdates(run)
    await refuseLists(run)
  },
}

const orderOf = ({ prefix }: Run) => ({ name: `${prefix}bad`, validate: prefix, status: 'validated', active: true })
const userOf = ({ prefix }: Run, name: string) => ({
  id: 77,
  username: `${prefix}${name}`,
  firstName: prefix,
  lastName: 'l',
  email: `${prefix.toLowerCase()}${name}@mail.example`,
  password: 'p',
  phone: '1',
  userStatus: 1,
})

const bodySchema = ({ document }: Run, operationId: string): Schema | undefined =>
  document.operations.find(({ id }) => id === operationId)?.requestBody?.content[JSON_TYPE]

async function refuseAll(run: Run, body: ValidBody): Promise<void> {
  const schema = bodySchema(run, body.operationId)
  if (!schema) return
  for (const wrong of wrongValues(schema, body.valid)) await refuseOne(run, body, wrong)
  await refuseMalformed(run, body)
}

async function refuseThenTake(run: Run, body: ValidBody): Promise<void> {
  await refuseAll(run, body)
  await takeValid(run, body)
}

/** A refusal must not spoil the next request, for example by errors that are kept. */
async function takeValid(run: Run, { operationId, valid, path }: ValidBody): Promise<void> {
  const sending = { ...(path && { path }), json: valid, about: 'a valid body after refused ones' }
  if (run.maySend(operationId, sending)) await run.send(operationId, sending)
}

/** Owned mode skips a body whose record would have a name without the run's prefix. */
async function refuseOne(run: Run, { operationId, path }: ValidBody, { value, about }: WrongValue): Promise<void> {
  const sending = { ...(path && { path }), json: value, expect: 'refused', about } as const
  if (run.maySend(operationId, sending)) await run.send(operationId, sending)
}

async function refuseMalformed(run: Run, { operationId, valid, path }: ValidBody): Promise<void> {
  for (const { about, body, type } of malformedJson(valid)) {
    const sending = { ...(path && { path }), body, type, expect: 'refused', about } as const
    if (run.maySend(operationId, sending)) await run.send(operationId, sending)
  }
}

async function refusePets(run: Run, known: KnownRecords): Promise<void> {
  const { prefix } = run
  const id = known.subject?.id
  if (id === undefined) return
  const before = await readPet(run, id)
  const valid = {
    id,
    category: { name: `${prefix}leaked` },
    name: `${prefix}leaked`,
    photoUrls: ['leaked'],
    tags: [{ id: 1, name: `${prefix}leaked` }],
    status: 'sold',
  }
  await refuseAll(run, { operationId: 'updatePet', valid })
  await refuseXml(run, id)
  const after = await readPet(run, id)
  checkUnchanged(run, before, after, 'refused updates of a pet')
  await takeValid(run, { operationId: 'updatePet', valid: { ...known.subject } })
}

const readPet = (run: Run, petId: number) =>
  run.send('getPetById', { path: { petId }, accept: JSON_TYPE, about: 'a pet around refused updates' })

function checkUnchanged(run: Run, before: Interaction, after: Interaction, cause: string): void {
  if (!isSuccess(before) || !after.answer) return
  run.check(refusedWrite, after, refusedWrite.unchanged(before, after, cause))
}

async function refuseXml(run: Run, id: number): Promise<void> {
  const cases = [
    ['XML that ends too early', `<Pet><id>${id}</id><name>leaked`],
    ['XML without the required name', `<Pet><id>${id}</id><photoUrls>a</photoUrls></Pet>`],
    ['XML with text for /id', '<Pet><id>x</id><name>leaked</name><photoUrls>a</photoUrls></Pet>'],
    [
      'XML with a status outside the enum',
      `<Pet><id>${id}</id><name>leaked</name><photoUrls>a</photoUrls><status>lost</status></Pet>`,
    ],
    [
      'XML with text for the id of a tag',
      `<Pet><id>${id}</id><name>leaked</name><photoUrls>a</photoUrls><tags><id>x</id></tags></Pet>`,
    ],
    ['XML with a fraction for /id', `<Pet><id>${id}.5</id><name>leaked</name><photoUrls>a</photoUrls></Pet>`],
    ...malformedXml(`<id>${id}</id><name>leaked</name><photoUrls>a</photoUrls>`),
    ['JSON called XML', JSON.stringify({ id, name: 'leaked', photoUrls: [] })],
    ['no XML', ''],
  ] as const
  for (const [about, body] of cases) {
    await run.send('updatePet', { body, type: XML_TYPE, expect: 'refused', about })
  }
  const body = `<Pet><id>${id}</id><name>leaked</name><photoUrls>a</photoUrls></Pet>`
  await run.send('updatePet', { body, type: JSON_TYPE, expect: 'refused', about: 'XML called JSON' })
}

/** Texts that no reader of XML may take (XML 1.0, sections 2.1 and 3), given the elements of a pet. */
const malformedXml = (elements: string): readonly (readonly [about: string, body: string])[] => [
  ['XML with another end tag', `<Pet>${elements}</pet>`],
  ['XML whose elements cross', `<Pet>${elements}<tags><name>leaked</tags></name></Pet>`],
  ['XML with a bare ampersand', `<Pet>${elements}<category><name>R & D</name></category></Pet>`],
  ['XML that ends in a tag', `<Pet>${elements}</Pet`],
  ['XML that is the beginning of a tag', '<Pet'],
]

async function refuseUsers(run: Run): Promise<void> {
  const valid = userOf(run, 'refused')
  await refuseAll(run, { operationId: 'createUser', valid })
  await checkAbsent(run, valid.username, 'refused creations')
  await takeValid(run, { operationId: 'createUser', valid })
}

async function checkAbsent(run: Run, username: string, cause: string): Promise<void> {
  const read = await run.send('getUserByName', {
    path: { username },
    expect: 'any',
    about: `a user after ${cause}`,
  })
  run.check(refusedWrite, read, refusedWrite.userAbsent(read, cause))
}

async function refuseUpdates(run: Run): Promise<void> {
  const user = userOf(run, 'target')
  const path = { username: user.username }
  const made = await run.send('createUsersWithListInput', { json: [user], about: 'a user for invalid updates' })
  if (!isSuccess(made)) return
  const read = () => run.send('getUserByName', { path, accept: JSON_TYPE, about: 'a user around refused updates' })
  const before = await read()
  await refuseAll(run, { operationId: 'updateUser', valid: { ...user, firstName: 'leaked' }, path })
  checkUnchanged(run, before, await read(), 'refused updates of a user')
  await takeValid(run, { operationId: 'updateUser', valid: user, path })
}

async function refuseLists(run: Run): Promise<void> {
  const good = { username: `${run.prefix}beforebad` }
  const cases: readonly WrongValue[] = [
    ...laterUsers(run, good),
    { about: 'a list with null', value: [good, null] },
    { about: 'one user for a list', value: good },
    { about: 'null for a list', value: null },
  ]
  const operationId = 'createUsersWithListInput'
  for (const wrong of cases) await refuseOne(run, { operationId, valid: good }, wrong)
  await run.send(operationId, {
    body: `[${JSON.stringify(good)}`,
    type: JSON_TYPE,
    expect: 'refused',
    about: 'a list that ends too early',
  })
  await checkAbsent(run, good.username, 'a refused list')
  await run.send(operationId, { json: [good], about: 'a valid list after refused ones' })
}

/** Lists whose second user has one field of a wrong type; one list for each field. */
function laterUsers(run: Run, good: object): WrongValue[] {
  const schema = run.document.schemas.User
  const wrong = schema ? wrongValues(schema, userOf(run, 'later')) : []
  return wrong
    .filter(({ about }) => /^(a number|text of digits) for/.test(about))
    .map(({ about, value }) => ({ about: `${about} of the second user`, value: [good, value] }))
}
