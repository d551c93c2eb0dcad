import { FORM_TYPE, MULTIPART_TYPE } from '../cases/encode-body.ts'
import { missingId } from '../cases/valid-request.ts'
import { crossCheck } from '../checks/cross-check.ts'
import { existence } from '../checks/existence.ts'
import { type Expectation, type Interaction, isSuccess } from '../interaction.ts'
import type { KnownPet } from '../listed-pets.ts'
import type { Run } from '../run.ts'
import { EVERY_MODE, type Scenario, WRITING } from './scenario.ts'
import { multipart } from './upload.ts'

/** A request whose parameters are invalid, missing, or name no record. */
interface Probe {
  readonly operationId: string
  readonly about: string
  readonly path?: Readonly<Record<string, string | number>>
  readonly query?: string
  readonly expect: Expectation
}

/** Reads with parameters that are invalid, missing, or name no record. */
export const readingParameters: Scenario = {
  name: 'parameters of reading',
  operations: ['getPetById', 'getOrderById', 'getUserByName', 'findPetsByStatus', 'findPetsByTags', 'loginUser'],
  modes: EVERY_MODE,
  run: async (run, known) => {
    for (const probe of readingProbes(run, known.subject?.id ?? 1)) await send(run, probe)
    if (!(await isThere(run, 'getPetById', { petId: '-1' }, 'pet -1')))
      await send(run, { operationId: 'getPetById', about: 'a negative id', path: { petId: '-1' }, expect: NOWHERE })
    await readProperties(run)
    const username = `${run.prefix}nobody`
    await run.send('getUserByName', {
      path: { username },
      method: 'HEAD',
      expect: 'missing',
      about: 'HEAD of a missing user',
    })
  },
}

function readingProbes({ prefix, seed }: Run, petId: number): Probe[] {
  const pet = (about: string, id: string, expect: Expectation = 'refused') =>
    ({ operationId: 'getPetById', about, path: { petId: id }, expect }) as const
  const order = (about: string, orderId: string) =>
    ({ operationId: 'getOrderById', about, path: { orderId }, expect: 'missing-or-invalid' }) as const
  const user = (about: string, name: string) =>
    ({ operationId: 'getUserByName', about, path: { username: `${prefix}${name}` }, expect: 'missing' }) as const
  const query = (operationId: string, about: string, text: string) =>
    ({ operationId, about, query: text, expect: 'refused' }) as const
  // The reference does not say whether a name that nobody has is refused.
  const login = (who: string, name: string) =>
    ({
      operationId: 'loginUser',
      about: `a login of ${who}`,
      query: `username=${name}&password=p`,
      expect: 'any',
    }) as const
  return [
    pet('an id of letters', 'abc'),
    pet('an id with letters', `${petId}abc`),
    pet('an id with a fraction', `${petId}.5`),
    pet('an id with an exponent', `${petId}e0`),
    pet('an id in hexadecimal', `0x${petId.toString(16)}`),
    pet('an id beyond int64', '99999999999999999999'),
    pet('a missing pet', String(missingId(seed)), 'missing'),
    pet('a missing pet beyond int32', String(2 ** 31 + (seed % 1000)), 'any'),
    order('an order id of letters', 'abc'),
    order('order 0', '0'),
    order('order -1', '-1'),
    order('a missing order', String(missingId(seed))),
    user('a missing user', 'nobody'),
    user('a missing user beyond ASCII', 'Zoë'),
    user('a missing user with a quote', "O'Hara"),
    query('findPetsByStatus', 'without query status', ''),
    query('findPetsByStatus', 'a status outside the enum', 'status=lost'),
    query('findPetsByStatus', 'a second status outside the enum', 'status=sold,lost'),
    query('findPetsByStatus', 'a status in capitals', 'status=SOLD'),
    query('findPetsByStatus', 'the beginning of a status', 'status=sol'),
    query('findPetsByTags', 'without query tags', ''),
    query('findPetsByStatus', 'a status by another name', 'contractUnknown=sold'),
    query('findPetsByTags', 'tags by another name', 'contractUnknown=tag1'),
    { operationId: 'findPetsByTags', about: 'tags that are blank', query: 'tags=,', expect: 'any' },
    { operationId: 'getUserByName', about: 'a name that is blank', path: { username: ' ' }, expect: 'any' },
    query('loginUser', 'without query password', `username=${prefix}nobody`),
    query('loginUser', 'without query username', 'password=p'),
    login('nobody', `${prefix}nobody`),
    login('the name of a property', 'constructor'),
  ]
}

async function send(run: Run, { operationId, about, path, query, expect }: Probe): Promise<void> {
  await run.send(operationId, { about, expect, ...(path && { path }), ...(query && { query }) })
}

const NOWHERE = 'missing-or-invalid'

/** Properties that every object has in some language: a map of users that is a plain object has them too. */
const PROPERTIES = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', 'isPrototypeOf', '__proto__', '__class__']
/** So many users with such names may well be there. */
const BY_CHANCE = 2

/** A user who has such a name shows it, and few do. */
async function readProperties(run: Run): Promise<void> {
  const found: Interaction[] = []
  for (const username of PROPERTIES) {
    const about = 'a user with the name of a property'
    const read = await run.send('getUserByName', {
      path: { username },
      accept: 'application/json',
      expect: 'any',
      about,
    })
    if (!isSuccess(read)) continue
    found.push(read)
    run.check(crossCheck, read, crossCheck.nameOfPath(username, Object(read.value).username))
  }
  const [last] = found.slice(BY_CHANCE)
  if (last) run.check(existence, last, existence.ofProperties(last))
}

/** A record that no run made is left alone, however unlikely its id. */
async function isThere(
  run: Run,
  operationId: string,
  path: Readonly<Record<string, string | number>>,
  what: string,
): Promise<boolean> {
  const found = isSuccess(await run.look(operationId, { path }))
  if (found) run.skip(`Nothing was tried on ${what}: the server has one, and the suite did not make it.`)
  return found
}

const COMPLETE = {
  id: 1,
  firstName: 'f',
  lastName: 'l',
  password: 'p',
  phone: '1',
  userStatus: 1,
}

/** Writes to records that do not exist, or whose ids are invalid. */
export const writingParameters: Scenario = {
  name: 'parameters of writing',
  operations: ['updatePet', 'updatePetWithForm', 'deletePet', 'uploadFile', 'deleteOrder', 'updateUser', 'deleteUser'],
  modes: WRITING,
  run: async (run) => {
    const { prefix, seed } = run
    const id = missingId(seed)
    const username = `${prefix}nobody`
    const pet = { id, name: `${prefix}nobody`, photoUrls: [] }
    if (!(await isThere(run, 'getPetById', { petId: id }, `pet ${id}`))) await writeMissing(run, pet)
    if (!(await isThere(run, 'getOrderById', { orderId: id }, `order ${id}`)))
      await run.send('deleteOrder', { path: { orderId: id }, expect: NOWHERE, about: 'deleting a missing order' })
    await run.send('deleteUser', { path: { username }, expect: 'missing', about: 'deleting a missing user' })
    await run.send('updateUser', {
      path: { username },
      json: { ...COMPLETE, username },
      expect: 'missing',
      about: 'updating a missing user',
    })
    await run.send('getUserByName', {
      path: { username },
      expect: 'missing',
      about: 'a user that was never created',
    })
    if (run.mode === 'full') await deleteImpossible(run)
  },
}

async function writeMissing(run: Run, pet: KnownPet): Promise<void> {
  await run.send('updatePet', { json: pet, expect: 'missing', about: 'updating a missing pet' })
  await run.send('getPetById', { path: { petId: pet.id }, expect: 'missing', about: 'a pet that was never created' })
  await run.send('deletePet', { path: { petId: pet.id }, expect: 'missing', about: 'deleting a missing pet' })
  await updateMissing(run, pet.id)
}

/** The document names no 404 for these operations, so any answer but a 5XX is fine. */
async function updateMissing(run: Run, petId: number): Promise<void> {
  const path = { petId }
  const type = FORM_TYPE
  await run.send('updatePetWithForm', {
    path,
    body: 'name=nobody',
    type,
    expect: 'any',
    about: 'a form for a missing pet',
  })
  await run.send('uploadFile', {
    path,
    body: multipart(),
    type: MULTIPART_TYPE,
    expect: 'any',
    about: 'an upload for a missing pet',
  })
}

async function deleteImpossible(run: Run): Promise<void> {
  if (!(await isThere(run, 'getUserByName', { username: ' ' }, 'the user of a blank name')))
    await run.send('deleteUser', { path: { username: ' ' }, expect: 'any', about: 'deleting a blank name' })
  if (!(await isThere(run, 'getPetById', { petId: '-1' }, 'pet -1')))
    await run.send('deletePet', { path: { petId: '-1' }, expect: NOWHERE, about: 'deleting pet -1' })
  await run.send('deletePet', { path: { petId: 'abc' }, expect: 'refused', about: 'deleting pet abc' })
  if (!(await isThere(run, 'getOrderById', { orderId: '-1' }, 'order -1')))
    await run.send('deleteOrder', { path: { orderId: '-1' }, expect: NOWHERE, about: 'deleting order -1' })
  await run.send('deleteOrder', { path: { orderId: 'abc' }, expect: NOWHERE, about: 'deleting order abc' })
}
