import type { JsonObject } from '../../openapi/json-object.ts'
import { valueAt } from '../../openapi/json-pointer.ts'
import { plainText } from '../../openapi/plain-text.ts'
import { follow } from '../../openapi/reference.ts'

type Operations = ReadonlyMap<string, JsonObject>

/**
 * Adds to another version of the document what the packaged one says of the mock's own behaviour, as inferred: the refusals
 * that HTTP asks for, a success where none is documented, and the schema of problems. What the other version says stays.
 */
export function completeDocument(json: JsonObject, own: JsonObject): JsonObject {
  const known = operationsOf(own)
  const paths = mapValues(json.paths as JsonObject, (item, path) =>
    mapValues(item as JsonObject, (node, method) =>
      METHODS.has(method) ? completed(json, own, node as JsonObject, path, known) : node,
    ),
  )
  const { components = {} } = json as { components?: JsonObject }
  const schemas = { ...pickSchemas(own, PROBLEM_SCHEMAS), ...(components.schemas as JsonObject | undefined) }
  return { ...json, paths, components: { ...components, schemas } }
}

const METHODS = new Set(['get', 'post', 'put', 'delete', 'patch'])
const PROBLEM_SCHEMAS = ['Problem', 'ProblemError']

const mapValues = (node: JsonObject, change: (value: unknown, key: string) => unknown): JsonObject =>
  Object.fromEntries(Object.entries(node).map(([key, value]) => [key, change(value, key)]))

function operationsOf({ paths }: JsonObject): Operations {
  const items = Object.values(paths as JsonObject).flatMap((item) => Object.entries(item as JsonObject))
  return new Map(
    items
      .filter(([method]) => METHODS.has(method))
      .map(([, node]) => [plainText((node as JsonObject).operationId), node as JsonObject]),
  )
}

/** Schemas of the packaged document refer to each other alone. */
function pickSchemas(own: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.map((name) => [name, valueAt(own, `/components/schemas/${name}`)]))
}

function completed(json: JsonObject, own: JsonObject, node: JsonObject, path: string, known: Operations): JsonObject {
  const published = known.get(plainText(node.operationId))
  const given = node.responses as JsonObject
  const ofOwn = Object.entries((published?.responses ?? {}) as JsonObject).filter(([status]) => Number(status) >= 400)
  const documented = { ...successFor(json, published, given), ...inferred(own, ofOwn), ...given }
  const general = refusalsOf(json, { ...node, responses: documented }, path)
  const ofHttp = general.map(([status, name]) => [status, valueAt(own, `/components/responses/${name}`)] as const)
  return { ...node, responses: { ...inferred(own, ofHttp), ...documented } }
}

const inferred = (own: JsonObject, responses: readonly (readonly [status: string, response: unknown])[]): JsonObject =>
  Object.fromEntries(responses.map(([status, node]) => [status, { ...inlined(own, node), 'x-inferred': true }]))

/** The refusals that HTTP, or the mock, asks for, by status. */
function refusalsOf(json: JsonObject, node: JsonObject, path: string): (readonly [status: string, response: string])[] {
  const responses = node.responses as JsonObject
  const security = (node.security ?? json.security ?? []) as readonly unknown[]
  const hasRefusal = '400' in responses || '405' in responses
  const hasContent = Object.entries(responses).some(
    ([status, item]) => !/^[45]/.test(status) && 'content' in follow(json, item, '').node,
  )
  return [
    ...(hasRefusal ? [] : [['400', 'InvalidRequest'] as const]),
    ...(security.length > 0 ? [['401', 'Unauthorized'] as const] : []),
    ...(path.includes('{') ? [['404', 'NotFound'] as const] : []),
    ...(hasContent ? [['406', 'NotAcceptable'] as const] : []),
    ['413', 'ContentTooLarge'],
    ['415', 'UnsupportedMediaType'],
    ['429', 'TooManyRequests'],
    ['500', 'InternalServerError'],
    ['503', 'ServiceUnavailable'],
  ]
}

/** The success of an operation that documents none: as the packaged document infers it, or without a body. */
function successFor(json: JsonObject, published: JsonObject | undefined, responses: JsonObject): JsonObject {
  const hasSuccess = Object.keys(responses).some((status) => status.startsWith('2') || status === 'default')
  if (hasSuccess) return {}
  const own = valueAt(published, '/responses/200') as JsonObject | undefined
  const needed = JSON.stringify(own ?? {}).match(/#\/components\/schemas\/\w+/g) ?? []
  const isKnown = needed.every((reference) => valueAt(json, reference.slice(1)) !== undefined)
  const empty = { 'x-inferred': true, description: 'successful operation' }
  return { 200: own !== undefined && isKnown ? { ...own, 'x-inferred': true } : empty }
}

/** A copy whose references are replaced, but for those to the schema of problems, which comes along. */
function inlined(own: JsonObject, node: unknown): JsonObject {
  const copy = (value: unknown): unknown => {
    if (value === null || typeof value !== 'object') return value
    const { $ref } = value as { $ref?: string }
    if ($ref !== undefined && !$ref.startsWith('#/components/schemas/')) return copy(valueAt(own, $ref.slice(1)))
    return Array.isArray(value) ? value.map(copy) : mapValues(value as JsonObject, copy)
  }
  return copy(node) as JsonObject
}
