import { findLoss } from '../../http/answers/compare.ts'
import type { Operation } from '../../openapi/operation.ts'
import { plainText } from '../../openapi/plain-text.ts'
import { JSON_TYPE } from '../cases/encode-body.ts'
import { undocumentedMethods } from '../cases/undocumented-methods.ts'
import { causedBy } from '../checks/check.ts'
import { readBack } from '../checks/read-back.ts'
import { refusedWrite } from '../checks/refused-write.ts'
import { NAMELESS } from '../cleanup-log.ts'
import { type Interaction, isSuccess } from '../interaction.ts'
import type { KnownRecords } from '../known-records.ts'
import type { Run } from '../run.ts'
import { unmetAccept } from '../variations/accepts.ts'
import { bodies } from '../variations/bodies.ts'
import { cross } from '../variations/crossing.ts'
import { otherMediaTypes, sameMediaTypes } from '../variations/media-types.ts'
import { createPlainRequests, type PlainRequests, shownOf } from '../variations/plain-requests.ts'
import { readingOf, recordOf } from '../variations/records.ts'
import { type Plain, type Variation, vary } from '../variations/variation.ts'
import { relist } from './discover.ts'
import { type Scenario, WRITING } from './scenario.ts'
import { findNames } from './varied-records.ts'

/** Sends the same body in other ways: spellings of the media type, and of the body itself. */
export const sending: Scenario = {
  name: 'ways to send',
  operations: ['updatePet', 'updatePetWithForm', 'uploadFile', 'createUser', 'createUsersWithListInput', 'updateUser'],
  needs: [],
  isAddition: true,
  isThorough: true,
  modes: WRITING,
  run: async (run, known) => {
    const plain = createPlainRequests(run, await findNames(run, known))
    const writes = run.document.operations.filter(
      (operation) =>
        operation.requestBody &&
        (recordOf(operation) !== undefined || NAMELESS.includes(operation.id)) &&
        plain(operation, 's').isThere &&
        run.maySend(operation.id, plain(operation, 's').sending),
    )
    const applies = (operation: Operation, way: Variation) =>
      typesOf(operation).some((type) => vary(way, plain(operation, 's', type)) !== undefined)
    const ways = [sameMediaTypes, otherMediaTypes, bodies, unmetAccept].flatMap((table) =>
      cross(table, writes, run, applies),
    )
    for (const operation of writes)
      for (const type of typesOf(operation))
        await sendInAll(
          run,
          plain,
          operation,
          type,
          ways.filter((one) => one.operation === operation).map(({ way }) => way),
        )
    for (const operation of writes) await sendByOtherMethods(run, plain, operation)
    if (run.mode === 'full' && known.subject) await putBack(run, known)
  },
}

const typesOf = ({ requestBody }: Operation) => Object.keys(requestBody?.content ?? {})

async function sendInAll(
  run: Run,
  plain: PlainRequests,
  operation: Operation,
  type: string,
  ways: readonly Variation[],
): Promise<void> {
  const first = await run.send(operation.id, {
    ...plain(operation, 's', type).sending,
    expect: 'any',
    about: 'sent plainly',
  })
  if (!isSuccess(first)) return
  for (const [turn, way] of ways.entries()) {
    const request = plain(operation, `s${operation.id.length}${type.length}x${turn}`, type)
    const sending = vary(way, request)
    if (sending === undefined || !run.maySend(operation.id, sending)) continue
    await checkEffect(run, request, way, await run.send(operation.id, sending))
  }
}

/** Methods that may have a body, and that a router may lead to another one of the same path. */
const WRITING_METHODS = ['POST', 'PUT', 'PATCH']

/** Sends a valid body by the methods that the path does not have. */
async function sendByOtherMethods(run: Run, plain: PlainRequests, operation: Operation): Promise<void> {
  const rows = run.document.operations.filter(({ path }) => path === operation.path)
  for (const method of undocumentedMethods(rows).filter((one) => WRITING_METHODS.includes(one))) {
    const about = `${method} ${operation.path} with the body of ${operation.id}`
    const sending = { ...plain(operation, 's').sending, method, expect: 'wrong-method', about } as const
    if (run.maySend(operation.id, sending)) await run.send(operation.id, sending)
  }
}

/** A write that was accepted must show; one that was refused must not. */
async function checkEffect(run: Run, request: Plain, way: Variation, written: Interaction): Promise<void> {
  const shown = shownOf(run, request)
  const row = recordOf(request.operation)
  if (shown === undefined || row === undefined || !written.answer) return
  if (isSuccess(written) && way.demand !== 'accepted' && way.unwanted === undefined && !way.isWhole) return
  const read = await readRecord(run, request, written, way)
  if (read === undefined) return
  if (way.unwanted !== undefined && isSuccess(written)) {
    run.check(readBack, read, readBack.expanded(read.value, way.unwanted, way.about))
    return
  }
  if (isSuccess(written)) {
    if (isSuccess(read))
      run.check(readBack, read, readBack.stored(shown, read.value, way.about, run.habits.toleranceFor(row.kind)))
    return
  }
  const isStored = isSuccess(read) && findLoss(shown, read.value) === undefined
  const seen = isStored ? refusedWrite.storedAllTheSame(way.about, written) : undefined
  run.check(refusedWrite, read, causedBy(seen, written))
}

/** Reads the record that was written, or would have been; undefined if its name is not known. */
async function readRecord(
  run: Run,
  request: Plain,
  written: Interaction,
  way: Variation,
): Promise<Interaction | undefined> {
  const row = recordOf(request.operation)
  const reading = row && readingOf(run.document, row)
  const [sent] = [request.record].flat()
  const name =
    row && (request.sending.path?.[row.parameter] ?? Object(sent)[row.field] ?? Object(written.value)[row.field])
  if (!reading || !row || name === undefined || (row.kind === 'order' && !/^[1-9]\d*$/.test(plainText(name))))
    return undefined
  return run.send(reading.id, {
    path: { [row.parameter]: plainText(name) },
    accept: JSON_TYPE,
    expect: isSuccess(written) ? 'success' : 'any',
    about: `a record after ${way.about}`,
  })
}

async function putBack(run: Run, known: KnownRecords): Promise<void> {
  await run.send('updatePet', { json: known.subject, expect: 'any', about: 'putting a pet back' })
  await relist(run, known)
}
