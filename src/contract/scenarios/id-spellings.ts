import { crossCheck } from '../checks/cross-check.ts'
import { type Interaction, isSuccess } from '../interaction.ts'
import type { KnownRecords } from '../known-records.ts'
import type { Run } from '../run.ts'
import type { Sending } from '../sending.ts'
import { cross } from '../variations/crossing.ts'
import { ids } from '../variations/ids.ts'
import { createPlainRequests, type Names, type PlainRequests } from '../variations/plain-requests.ts'
import { type Variation, vary } from '../variations/variation.ts'
import { relist } from './discover.ts'
import { placeNamed } from './named-order.ts'
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
    const plain = createPlainRequests(run, await namesWithOrder(run, known))
    const missed = new Set<string>()
    const ofRecords = run.document.operations.filter((operation) => plain(operation, 'i').isThere)
    const readings = ofRecords.filter((operation) => operation.method === 'GET' && hasIntegerInPath(operation))
    const crossings = cross(ids, readings, run)
    for (const operation of readings) {
      const ways = crossings.filter((one) => one.operation === operation).map(({ way }) => way)
      await readAll(run, plain, operation, ways, missed)
    }
    const writes = ofRecords.filter((operation) => operation.method !== 'GET' && hasIntegerInPath(operation))
    const rare = ids.map((way) => ({ ...way, demand: 'nowhere' as const, isRare: true as const }))
    const tried = await writeAll(run, plain, cross(rare, writes, run), missed)
    if (tried.some(isSuccess)) await relist(run, known)
  },
}

/** The names of records, and an order of this scenario for writes: one of them might delete it by mistake. */
async function namesWithOrder(run: Run, known: KnownRecords): Promise<Names> {
  const names = await findNames(run, known)
  if (run.mode !== 'full' && !run.allowLeftovers) return names
  const order = await placeNamed(run, 'spelled', 'an order whose id is spelled in other ways')
  return { ...names, writable: { ...names.writable, orderId: order?.orderId } }
}

type Operations = Run['document']['operations']

const hasIntegerInPath = ({ parameters }: Operations[number]) =>
  parameters.some((parameter) => parameter.in === 'path' && parameter.schema.type === 'integer')

async function readAll(
  run: Run,
  plain: PlainRequests,
  operation: Operations[number],
  ways: readonly Variation[],
  missed: Set<string>,
): Promise<void> {
  const request = plain(operation, 'i')
  const first = await run.send(operation.id, { ...request.sending, expect: 'any', about: 'a record by its own id' })
  if (!isSuccess(first)) return
  for (const way of ways) {
    const sending = vary(way, request)
    if (sending === undefined) continue
    const read = await run.send(operation.id, { ...sending, accept: 'application/json' })
    if (!isSuccess(read)) missed.add(keyOf(operation, way))
    if (way.demand === 'another' && isSuccess(read))
      run.check(crossCheck, read, crossCheck.ofAnotherId(way.about, first.value, read.value))
  }
}

/** One spelling of the ids of one kind of record. */
const keyOf = ({ path }: Operations[number], { about }: Variation) => `${path.split('/{')[0]} ${about}`

/** A whole number may be the id of a record that the suite did not make. */
const isNumber = ({ path = {} }: Sending) => Object.values(path).every((text) => /^-?\d+$/.test(String(text)))

/** A write must not find what a reading does not: a server that takes a spelling for the id takes it everywhere. */
async function writeAll(
  run: Run,
  plain: PlainRequests,
  crossings: readonly { readonly operation: Operations[number]; readonly way: Variation }[],
  missed: ReadonlySet<string>,
): Promise<Interaction[]> {
  const sent: Interaction[] = []
  for (const { operation, way } of crossings) {
    const sending = missed.has(keyOf(operation, way)) ? vary(way, plain(operation, 'i')) : undefined
    if (sending && !isNumber(sending) && run.maySend(operation.id, sending))
      sent.push(await run.send(operation.id, sending))
  }
  return sent
}
