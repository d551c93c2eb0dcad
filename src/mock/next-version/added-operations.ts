import type { ApiDocument } from '../../openapi/document.ts'
import { type Operation, successOf } from '../../openapi/operation.ts'
import type { Schema } from '../../openapi/schema.ts'
import type { Reply } from '../exchange/reply.ts'
import type { HandlerContext } from '../operations/handler.ts'
import type { ValidInput } from '../operations/index.ts'
import { createMaker } from './adapt-reply.ts'
import { type Record, type Resource, resourceFor } from './resources.ts'

/** Operations that the packaged document does not have, served as far as their shape says. */
export interface AddedOperations {
  readonly handle: (operation: Operation, input: ValidInput, context: HandlerContext) => Reply
  /** A reply that says no more than the documented success. */
  readonly fromSchema: (operation: Operation) => Reply
  /** How an operation is served, in words. */
  readonly describe: (operation: Operation) => string
}

/** The step that an operation takes on the records of one schema. */
type Step = 'read' | 'list' | 'create' | 'replace' | 'change' | 'delete'

interface Plan {
  readonly step: Step
  readonly resource: Resource
}

export function createAddedOperations(document: ApiDocument, seed: number): AddedOperations {
  const plans = new Map<Operation, Plan | undefined>()
  const planOf = (operation: Operation) => {
    if (!plans.has(operation)) plans.set(operation, readPlan(document, operation, seed))
    return plans.get(operation)
  }
  const make = createMaker(document, seed)
  return {
    handle: (operation, input, context) => {
      const plan = planOf(operation)
      return plan ? perform(operation, plan, input, context) : fromSchema(operation, make)
    },
    fromSchema: (operation) => fromSchema(operation, make),
    describe: (operation) => {
      const plan = planOf(operation)
      return plan
        ? `served from records of ${plan.resource.schema.name ?? plan.resource.collection}`
        : 'served by its example or schema alone, which X-Mock-Source: schema says'
    },
  }
}

/** The path of a collection, and the parameter that names one of its records. */
interface Place {
  readonly collection: string
  readonly parameter?: string
}

/** Undefined for a path whose records belong to another record, or with a parameter before its end. */
function placeOf(path: string): Place | undefined {
  const [, collection = '', parameter] = /^((?:\/[^{}/]+)+)(?:\/\{([^{}]+)\})?$/.exec(path) ?? []
  if (collection === '') return undefined
  return parameter === undefined ? { collection } : { collection, parameter }
}

function readPlan(document: ApiDocument, operation: Operation, seed: number): Plan | undefined {
  const place = placeOf(operation.path)
  const step = place && stepOf(operation, place)
  if (!place || !step) return undefined
  const siblings = document.operations.filter(({ path }) => placeOf(path)?.collection === place.collection)
  const schema = schemaOfRecords(siblings)
  const parameter = siblings.map(({ path }) => placeOf(path)?.parameter).find((name) => name !== undefined)
  if (schema === undefined || !fits(operation, step, schema)) return undefined
  return { step, resource: resourceFor(document, place.collection, schema, parameter, seed) }
}

function stepOf({ method, requestBody }: Operation, { parameter }: Place): Step | undefined {
  const hasBody = Object.values(requestBody?.content ?? {}).some(({ type }) => type === 'object')
  if (parameter === undefined) return method === 'GET' ? 'list' : method === 'POST' && hasBody ? 'create' : undefined
  if (method === 'GET') return 'read'
  if (method === 'DELETE') return 'delete'
  return hasBody ? (method === 'PATCH' ? 'change' : method === 'PUT' ? 'replace' : undefined) : undefined
}

/** The schema of an operation's success, in JSON if there is a choice. */
function successSchema(operation: Operation): Schema | undefined {
  const content = Object.entries(successOf(operation)?.content ?? {})
  return (content.find(([type]) => type.endsWith('json')) ?? content[0])?.[1]
}

/** The record that is read, or listed, or created: the first that the operations of a collection document. */
function schemaOfRecords(operations: readonly Operation[]): Schema | undefined {
  const successes = (isOne: boolean) =>
    operations
      .filter(({ method, path }) => method === 'GET' && path.endsWith('}') === isOne)
      .flatMap((operation) => successSchema(operation) ?? [])
  const bodies = operations.flatMap(({ requestBody }) => Object.values(requestBody?.content ?? {}))
  const created = operations
    .filter(({ method }) => method === 'POST')
    .flatMap((operation) => successSchema(operation) ?? [])
  const listed = successes(false).flatMap(({ items }) => items ?? [])
  return [...successes(true), ...listed, ...created, ...bodies].find(({ type }) => type === 'object')
}

/** An operation whose success is something else than the records is served by its schema. */
function fits(operation: Operation, step: Step, { pointer }: Schema): boolean {
  const success = successSchema(operation)
  if (step === 'list') return success?.items?.pointer === pointer
  return step === 'read' ? success?.pointer === pointer : true
}

function perform(operation: Operation, { step, resource }: Plan, input: ValidInput, context: HandlerContext): Reply {
  const { status } = successOf(operation) ?? { status: '200' }
  const reply = (value?: unknown): Reply => ({ status: Number(status) || 200, ...(value !== undefined && { value }) })
  const shown = (record: Record) => reply(successSchema(operation)?.type === 'object' ? record : undefined)
  const records = resource.open(context)
  const body = Object(input.body) as Record
  if (step === 'list') return reply(records.list())
  if (step === 'create') return shown(records.create(operation, body))
  const key = Object.values(Object(input.path))[0]
  const record = records.require(key)
  if (step === 'read') return reply(record)
  if (step === 'delete') {
    records.remove(key)
    return shown(record)
  }
  return shown(records.put(key, step === 'change' ? { ...record, ...body } : body))
}

/** The first example of a success, or a value made from its schema. */
function fromSchema(operation: Operation, make: ReturnType<typeof createMaker>): Reply {
  const success = successOf(operation)
  const schema = successSchema(operation)
  const [example] = Object.values(success?.examples ?? {})
  return {
    status: Number(success?.status) || 200,
    ...(schema && { value: example ?? make(schema, operation.id) }),
    marks: { 'X-Mock-Source': 'schema' },
  }
}
