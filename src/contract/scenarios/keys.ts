import { FORM_TYPE, MULTIPART_TYPE, XML_TYPE } from '../cases/encode-body.ts'
import { keyCases } from '../cases/request-cases.ts'
import { missingId } from '../cases/valid-request.ts'
import { NO_KEY } from '../cases/wrong-keys.ts'
import { refusedWrite } from '../checks/refused-write.ts'
import { type Interaction, isDenied, isSuccess, statusOf } from '../interaction.ts'
import type { KnownRecords } from '../known-records.ts'
import type { Run } from '../run.ts'
import type { Sending } from '../sending.ts'
import { EVERY_MODE, type Scenario } from './scenario.ts'
import { multipart } from './upload.ts'

const SECURED: readonly string[] = [
  ...['addDomain', 'updatePet', 'findPetsByStatus', 'findPetsByTags', 'getPetById'],
  ...['updatePetWithForm', 'deletePet', 'uploadFile', 'getInventory'],
]

/** Sends requests without a key and with wrong ones. Writes name records that do not exist. */
export const keys: Scenario = {
  name: 'keys',
  operations: SECURED,
  needs: ['getPetById', 'updatePet'],
  modes: EVERY_MODE,
  run: async (run, known) => {
    for (const operation of run.document.operations.filter(({ id }) => SECURED.includes(id))) {
      const isAllowed = run.mode !== 'safe' || operation.method === 'GET'
      const cases = isAllowed ? keyCases(operation, requestTo(run, operation.id), run.key) : []
      if (isInvalid(run, operation.id)) await tryInvalid(run, operation.id, cases)
      else for (const sending of cases) await run.send(operation.id, sending)
    }
    if (run.mode !== 'safe') await tryXml(run)
    const path = { petId: known.subject?.id ?? missingId(run.seed) }
    await sendWithoutKey(run, 'getPetById', { path, method: 'HEAD', about: 'HEAD without a key' })
    if (run.mode === 'full') await tryStored(run, known)
  },
}

/** True for a write whose record would stay, where none may be left: its body is invalid besides. */
const isInvalid = ({ mode, allowLeftovers }: Run, operationId: string) =>
  operationId === 'addDomain' && mode !== 'full' && !allowLeftovers

/** Requests that are valid except for the key. */
function requestTo(run: Run, operationId: string): Sending {
  const { prefix, seed } = run
  const path = { petId: missingId(seed) }
  const requests: Readonly<Record<string, Sending>> = {
    addDomain: { json: isInvalid(run, 'addDomain') ? { name: 7, of: prefix } : { name: `${prefix}intruder.example` } },
    updatePet: { json: { id: missingId(seed), name: prefix, photoUrls: [] } },
    findPetsByStatus: { query: 'status=sold' },
    findPetsByTags: { query: 'tags=tag1' },
    updatePetWithForm: { path, body: 'name=a', type: FORM_TYPE },
    uploadFile: { path, body: multipart(), type: MULTIPART_TYPE },
    getInventory: {},
  }
  return requests[operationId] ?? { path }
}

/** A server may refuse an invalid body before it looks at the key, so that only a success accuses it. */
async function tryInvalid(run: Run, operationId: string, cases: readonly Sending[]): Promise<void> {
  for (const sending of cases) {
    const interaction = await run.send(operationId, { ...sending, expect: 'closed' })
    if (isBodyRefused(interaction))
      run.skip(`${operationId} refuses the body before it asks for the key: ${SEND_VALID}`)
  }
}

const isBodyRefused = (interaction: Interaction) => {
  const status = statusOf(interaction)
  return status >= 400 && status < 500 && !isDenied(status)
}

const SEND_VALID =
  'only a valid body would show whether it asks, and would leave a record. --allow-leftovers sends one.'

const sendWithoutKey = (run: Run, operationId: string, sending: Sending) =>
  run.send(operationId, { ...sending, key: NO_KEY.key, expect: 'unauthorised' })

async function tryXml(run: Run): Promise<void> {
  const body = `<Pet><id>${missingId(run.seed)}</id><name>${run.prefix}</name><photoUrls>a</photoUrls></Pet>`
  await sendWithoutKey(run, 'updatePet', { body, type: XML_TYPE, about: 'XML without a key' })
}

/** Only a record that is there shows whether a refused write was stored. Full mode may risk one. */
async function tryStored(run: Run, known: KnownRecords): Promise<void> {
  const pet = known.subject
  if (!pet) return
  const path = { petId: pet.id }
  const read = (about: string) => run.send('getPetById', { path, accept: 'application/json', about })
  const before = await read('a pet before a write without a key')
  const json = { ...pet, name: `${run.prefix}intruder` }
  await sendWithoutKey(run, 'updatePet', { json, about: 'a write without a key' })
  const after = await read('a pet after a write without a key')
  if (!isSuccess(before) || !isSuccess(after)) return
  run.check(refusedWrite, after, refusedWrite.withoutKey(before.value, after.value))
}
