import { crossCheck } from '../checks/cross-check.ts'
import { type Interaction, isSuccess } from '../interaction.ts'
import type { Run } from '../run.ts'
import { cross } from '../variations/crossing.ts'
import { ids } from '../variations/ids.ts'
import { createPlainRequests, type PlainRequests } from '../variations/plain-requests.ts'
import { type Variation, vary } from '../variations/variation.ts'
import { relist } from './discover.ts'
import { EVERY_MODE, type Scenario } from './scenario.ts'
import { findNames } from './varied-records.ts'

/** Names records by ids at the edges, and by texts that are none. */
export const idSpellings: Scenario = {
  name: 'spellings of ids',
  operations: ['getPetById', 'getOrderById', 'deleteOrder', 'deletePet', 'updatePetWithForm', 'uploadFile'],
  needs: [],
  isAddition: true,
  isThorough: true,
  modes: EVERY_MODE,
  run: async (run, known) => {
    const plain = createPlainRequests(run, await findNames(run, known))
    const ofRecords = run.document.operations.filter((operation) => plain(operation, 'i').isThere)
    const readings = ofRecords.filter((operation) => operation.method === 'GET' && hasIntegerInPath(operation))
    const crossings = cross(ids, readings, run)
    for (const operation of readings) {
      const ways = crossings.filter((one) => one.operation === operation).map(({ way }) => way)
      await readAll(run, plain, operation, ways)
    }
    const writes = ofRecords.filter((operation) => operation.method !== 'GET' && hasIntegerInPath(operation))
    const nowhere = ids.filter(({ demand }) => demand === 'nowhere').map((way) => ({ ...way, isRare: true as const }))
    const tried = await writeAll(run, plain, cross(nowhere, writes, run))
    if (tried.some(isSuccess)) await relist(run, known)
  },
}

type Operations = Run['document']['operations']

const hasIntegerInPath = ({ parameters }: Operations[number]) =>
  parameters.some((parameter) => parameter.in === 'path' && parameter.schema.type === 'integer')

async function readAll(
  run: Run,
  plain: PlainRequests,
  operation: Operations[number],
  ways: readonly Variation[],
): Promise<void> {
  const request = plain(operation, 'i')
  const first = await run.send(operation.id, { ...request.sending, expect: 'any', about: 'a record by its own id' })
  if (!isSuccess(first)) return
  for (const way of ways) {
    const sending = vary(way, request)
    if (sending === undefined) continue
    const read = await run.send(operation.id, { ...sending, accept: 'application/json' })
    if (way.demand === 'another' && isSuccess(read))
      run.check(crossCheck, read, crossCheck.ofAnotherId(way.about, first.value, read.value))
  }
}

async function writeAll(
  run: Run,
  plain: PlainRequests,
  crossings: readonly { readonly operation: Operations[number]; readonly way: Variation }[],
): Promise<Interaction[]> {
  const sent: Interaction[] = []
  for (const { operation, way } of crossings) {
    const sending = vary(way, plain(operation, 'i'))
    if (sending && run.maySend(operation.id, sending)) sent.push(await run.send(operation.id, sending))
  }
  return sent
}
