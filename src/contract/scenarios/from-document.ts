import type { Operation } from '../../openapi/operation.ts'
import { schemasWithExamples, type ValueSource } from '../../openapi/valid-value.ts'
import { valueValidatorOf } from '../../openapi/validators/value-validator.ts'
import { createFoundIds, type FoundIds } from '../cases/found-ids.ts'
import {
  acceptCases,
  bodyCases,
  expectationOf,
  keyCases,
  minimalCase,
  parameterCases,
  type RequestCase,
} from '../cases/request-cases.ts'
import { absentPath, type PlannedRequest, parametersOf, toSending, validRequest } from '../cases/valid-request.ts'
import { isSuccess } from '../interaction.ts'
import type { Run } from '../run.ts'
import { EVERY_MODE, type Scenario } from './scenario.ts'

/** Covers operations from the document alone: parameters, bodies, keys, media types and statuses. */
export const fromDocument = (operations: readonly Operation[]): Scenario => ({
  name: 'operations without a scenario',
  operations: operations.map(({ id }) => id),
  modes: EVERY_MODE,
  run: async (run) => {
    const ids = createFoundIds(operations)
    for (const operation of operations.toSorted((a, b) => turnOf(a) - turnOf(b))) {
      const plan = createPlanner(run, operation, ids, await trustedIn(run, operation))
      if (run.maySend(operation.id, toSending(plan()))) await cover(run, operation, ids, plan)
      else run.skip(`${operation.id} was not tried: no scenario says which of its writes ${run.mode} mode may send.`)
    }
    await readDeleted(run, operations, ids)
  },
})

/** Creations come first, then lists: both show the ids that other paths need. Deletions come last. */
function turnOf({ method, parameters }: Operation): number {
  const isOfRecord = parameters.some((parameter) => parameter.in === 'path')
  if (method === 'DELETE') return 4
  if (method === 'GET') return isOfRecord ? 2 : 1
  return isOfRecord ? 3 : 0
}

/** The schemas of the request whose examples can be sent. */
function trustedIn(run: Run, operation: Operation): Promise<ValueSource['trusted']> {
  const bodies = Object.values(operation.requestBody?.content ?? {})
  const schemas = [...parametersOf(operation).map(({ schema }) => schema), ...bodies]
  return schemasWithExamples(valueValidatorOf(run.document), run, schemas)
}

/** Plans a valid request, with a body in the given media type. */
type Planner = (type?: string) => PlannedRequest

/** Each request has its own ids and texts, so that no uniqueness rule refuses it. Its path names a record if one is known. */
function createPlanner(
  { document, prefix, seed }: Run,
  operation: Operation,
  ids: FoundIds,
  trusted: ValueSource['trusted'],
): Planner {
  let turn = 0
  return (type) => {
    turn += 1
    const source = { document, prefix: `${prefix}${turn}`, seed: seed + turn, trusted }
    const request = validRequest(source, operation, type)
    const body = request.body && { ...request.body, value: ids.withId(operation, request.body.value) }
    return { ...request, path: ids.pathOf(operation) ?? request.path, body }
  }
}

async function cover(run: Run, operation: Operation, ids: FoundIds, plan: Planner): Promise<void> {
  const wrong = wrongCases(run, operation, plan)
  const all =
    operation.method === 'DELETE'
      ? [...wrong, ...deletions(run, operation, ids, plan())]
      : [...validCases(operation, ids, plan), ...wrong]
  for (const sending of all) {
    if (!run.maySend(operation.id, sending)) continue
    const interaction = await run.send(operation.id, sending)
    if (isSuccess(interaction)) ids.learn(interaction)
  }
}

const contentTypesOf = ({ requestBody }: Operation) => Object.keys(requestBody?.content ?? {})

function validCases(operation: Operation, ids: FoundIds, plan: Planner): RequestCase[] {
  const expect = expectationOf(operation, ids.pathOf(operation) !== undefined)
  const valid = (about: string, type?: string) => ({ ...toSending(plan(type)), about, expect })
  const about = 'a valid request'
  return [
    valid(about),
    minimalCase(operation, plan(), expect),
    ...contentTypesOf(operation).map((type) => valid(`${about} in ${type}`, type)),
    ...acceptCases(operation).map((accept) => ({ ...valid(about), ...accept, about: `${about} with ${accept.about}` })),
    ...(operation.method === 'GET' ? [{ ...valid('HEAD'), method: 'HEAD', expect: 'any' } as const] : []),
  ]
}

/** Writes without the right key name a missing record, so that a wrongly accepted one does no harm. */
function wrongCases(run: Run, operation: Operation, plan: Planner): RequestCase[] {
  const request = plan()
  const absent = { ...request, path: absentPath(run, operation) }
  const harmless = toSending(operation.method === 'GET' ? request : absent)
  return [
    ...(operation.responses['404']?.inferred === false ? [missingCase(absent)] : []),
    ...(operation.secured ? keyCases(operation, harmless, run.key) : []),
    ...parameterCases(operation, request),
    ...contentTypesOf(operation).flatMap((type) => bodyCases(operation, plan(type))),
  ]
}

const missingCase = (absent: PlannedRequest): RequestCase => ({
  ...toSending(absent),
  about: 'a record that is not there',
  expect: 'missing-or-invalid',
})

/** Deletes what this run created, and nothing else. */
function deletions(run: Run, operation: Operation, ids: FoundIds, request: PlannedRequest): RequestCase[] {
  const created = ids.createdPathsOf(operation)
  const paths = created.length > 0 ? created : [absentPath(run, operation)]
  const expect = expectationOf(operation, created.length > 0)
  return paths.map((path) => ({ ...toSending({ ...request, path }), about: 'a valid request', expect }))
}

/** A deleted record must not be found any more. */
async function readDeleted(run: Run, operations: readonly Operation[], ids: FoundIds): Promise<void> {
  for (const { path: template } of operations.filter(({ method }) => method === 'DELETE')) {
    const reading = operations.find(({ method, path }) => method === 'GET' && path === template)
    const [path] = reading ? ids.createdPathsOf(reading) : []
    if (reading && path)
      await run.send(reading.id, { path, expect: 'missing-or-invalid', about: 'a record that was deleted' })
  }
}
