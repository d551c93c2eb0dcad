import type { Operation } from '../../openapi/operation.ts'
import { findDifference } from '../compare.ts'
import { isSuccess } from '../interaction.ts'
import type { World } from '../known-records.ts'
import { mediaTypesOf } from '../published.ts'
import { KEY_VARIABLE } from '../redact.ts'
import type { Sending, Session } from '../run.ts'
import { missingId } from './parameters.ts'
import { EVERY_MODE, type Scenario } from './scenario.ts'
import { MULTIPART_TYPE, multipart } from './upload.ts'

/** Asks for what needs a key without it, and with keys that are none. Writes aim at records that do not exist. */
export const keys: Scenario = {
  name: 'keys',
  operations: [
    'addDomain',
    'updatePet',
    'findPetsByStatus',
    'findPetsByTags',
    'getPetById',
    'updatePetWithForm',
    'deletePet',
    'uploadFile',
    'getInventory',
  ],
  modes: EVERY_MODE,
  run: async (session, world) => {
    for (const operation of session.document.operations.filter(({ secured }) => secured)) {
      const isAllowed = session.mode !== 'safe' || operation.method === 'GET'
      if (isAllowed) await tryKeys(session, operation, valid(session, operation.id))
    }
    if (session.mode !== 'safe') await tryXml(session)
    const path = { petId: world.subject?.id ?? missingId(session.seed) }
    await denied(session, 'getPetById', { path, method: 'HEAD' }, ['HEAD without a key', { value: null }])
    if (session.mode === 'full') await tryStored(session, world)
  },
}

/** Requests that would be valid but for the key. What would create something that stays is invalid besides, unless all is allowed. */
function valid({ prefix, seed, mode }: Session, operationId: string): Sending {
  const path = { petId: missingId(seed) }
  const requests: Readonly<Record<string, Sending>> = {
    addDomain: { json: mode === 'full' ? { name: `${prefix}intruder.example` } : { name: 7, of: prefix } },
    updatePet: { json: { id: missingId(seed), name: prefix, photoUrls: [] } },
    findPetsByStatus: { query: 'status=sold' },
    findPetsByTags: { query: 'tags=tag1' },
    updatePetWithForm: { path, body: 'name=a', type: 'application/x-www-form-urlencoded' },
    uploadFile: { path, body: multipart(), type: MULTIPART_TYPE },
    getInventory: {},
  }
  return requests[operationId] ?? { path }
}

type Key = readonly [about: string, key: NonNullable<Sending['key']>]

async function tryKeys(session: Session, operation: Operation, sending: Sending): Promise<void> {
  const { id } = operation
  for (const key of keysFor(session.key ?? '')) await denied(session, id, sending, key)
  if (!session.key) return
  const types = mediaTypesOf(operation)
  if (types.includes('application/xml'))
    await denied(session, id, { ...sending, accept: 'application/xml' }, ['reading XML without a key', { value: null }])
  const query = [sending.query, `api_key=${encodeURIComponent(session.key)}`].filter(Boolean).join('&')
  await denied(session, id, { ...sending, query }, ['the key in the query', { value: null }])
}

function keysFor(key: string): Key[] {
  const always: Key[] = [
    ['without a key', { value: null }],
    ['an empty key', { value: '' }],
    ['a wrong key', { value: 'wrong-key', shown: 'wrong-key' }],
  ]
  if (key.length < 2) return always
  return [
    ...always,
    ['a longer key', { value: `${key}-and-more`, shown: `${KEY_VARIABLE}-and-more` }],
    ...inOtherCase(key),
    ['a shorter key', { value: key.slice(0, -1), shown: '$(printf %s "$INBOXES_API_KEY" | sed s/.$//)' }],
  ]
}

/** Small letters for capitals and the other way round; none where the key has no letters. */
function inOtherCase(key: string): Key[] {
  const value = key.replace(/[a-z]/gi, (letter) => (letter < 'a' ? letter.toLowerCase() : letter.toUpperCase()))
  const shown = '$(printf %s "$INBOXES_API_KEY" | tr a-zA-Z A-Za-z)'
  return value === key ? [] : [['the key in other letters', { value, shown }]]
}

async function denied(session: Session, operationId: string, sending: Sending, [about, key]: Key): Promise<void> {
  await session.send(operationId, { ...sending, key, expect: 'unauthorised', about })
}

async function tryXml(session: Session): Promise<void> {
  const body = `<Pet><id>${missingId(session.seed)}</id><name>${session.prefix}</name><photoUrls>a</photoUrls></Pet>`
  await denied(session, 'updatePet', { body, type: 'application/xml' }, ['XML without a key', { value: null }])
}

/** Only a record that is there shows whether a refused write was stored; in full mode the subject may be risked. */
async function tryStored(session: Session, world: World): Promise<void> {
  const pet = world.subject
  if (!pet) return
  const path = { petId: pet.id }
  const read = (about: string) => session.send('getPetById', { path, accept: 'application/json', about })
  const before = await read('a pet before a write without a key')
  const json = { ...pet, name: `${session.prefix}intruder` }
  await denied(session, 'updatePet', { json }, ['a write without a key', { value: null }])
  const after = await read('a pet after a write without a key')
  if (!isSuccess(before) || !isSuccess(after)) return
  const difference = findDifference(before.value, after.value)
  session.check('refused-write', after, difference === undefined, () => ({
    place: 'a write without a key',
    expected: `${difference?.at}: ${difference?.expected}`,
    actual: String(difference?.actual),
  }))
}
