import { KEY_VARIABLE } from '../../http/curl.ts'
import type { Operation } from '../../openapi/operation.ts'
import { refusedWrite } from '../checks/refused-write.ts'
import { isSuccess } from '../interaction.ts'
import type { KnownRecords } from '../known-records.ts'
import { mediaTypesOf } from '../published.ts'
import type { Run, Sending } from '../run.ts'
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
  run: async (run, known) => {
    for (const operation of run.document.operations.filter(({ secured }) => secured)) {
      const isAllowed = run.mode !== 'safe' || operation.method === 'GET'
      if (isAllowed) await tryKeys(run, operation, valid(run, operation.id))
    }
    if (run.mode !== 'safe') await tryXml(run)
    const path = { petId: known.subject?.id ?? missingId(run.seed) }
    await denied(run, 'getPetById', { path, method: 'HEAD' }, ['HEAD without a key', { value: null }])
    if (run.mode === 'full') await tryStored(run, known)
  },
}

/** Requests that would be valid but for the key. What would create something that stays is invalid besides, unless all is allowed. */
function valid({ prefix, seed, mode }: Run, operationId: string): Sending {
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

async function tryKeys(run: Run, operation: Operation, sending: Sending): Promise<void> {
  const { id } = operation
  for (const key of keysFor(run.key ?? '')) await denied(run, id, sending, key)
  if (!run.key) return
  const types = mediaTypesOf(operation)
  if (types.includes('application/xml'))
    await denied(run, id, { ...sending, accept: 'application/xml' }, ['reading XML without a key', { value: null }])
  const query = [sending.query, `api_key=${encodeURIComponent(run.key)}`].filter(Boolean).join('&')
  await denied(run, id, { ...sending, query }, ['the key in the query', { value: null }])
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

async function denied(run: Run, operationId: string, sending: Sending, [about, key]: Key): Promise<void> {
  await run.send(operationId, { ...sending, key, expect: 'unauthorised', about })
}

async function tryXml(run: Run): Promise<void> {
  const body = `<Pet><id>${missingId(run.seed)}</id><name>${run.prefix}</name><photoUrls>a</photoUrls></Pet>`
  await denied(run, 'updatePet', { body, type: 'application/xml' }, ['XML without a key', { value: null }])
}

/** Only a record that is there shows whether a refused write was stored; in full mode the subject may be risked. */
async function tryStored(run: Run, known: KnownRecords): Promise<void> {
  const pet = known.subject
  if (!pet) return
  const path = { petId: pet.id }
  const read = (about: string) => run.send('getPetById', { path, accept: 'application/json', about })
  const before = await read('a pet before a write without a key')
  const json = { ...pet, name: `${run.prefix}intruder` }
  await denied(run, 'updatePet', { json }, ['a write without a key', { value: null }])
  const after = await read('a pet after a write without a key')
  if (!isSuccess(before) || !isSuccess(after)) return
  run.check(refusedWrite, after, refusedWrite.withoutKey(before.value, after.value))
}
