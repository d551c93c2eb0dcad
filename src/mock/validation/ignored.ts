import { unknownMembers } from '../../openapi/codecs/project.ts'
import { pointerTo, tokensOf, valueAt } from '../../openapi/json-pointer.ts'
import { nearest } from '../../openapi/nearest.ts'
import type { Operation } from '../../openapi/operation.ts'
import { bounded } from '../../openapi/violation-limit.ts'
import type { Body } from './body.ts'
import { schemaAt } from './messages.ts'
import type { Parameters } from './parameters.ts'

/** A part of a valid request that the document does not name, and that had no effect. */
export interface Ignored {
  /** A JSON Pointer into the request. */
  readonly pointer: string
  /** The name that was probably meant. */
  readonly suggestion?: string
}

/** Finds what a valid request lost without a word: query parameters, properties, fields, parts and elements. */
export function ignoredIn(operation: Operation, parameters: Parameters, body: Body): readonly Ignored[] | undefined {
  const schema = operation.requestBody?.content[body.mediaType ?? '']
  const inBody = schema ? [...(body.ignored ?? []), ...unknownMembers(body.value, schema, '/body')] : []
  if (inBody.length === 0 && parameters.unknownQuery.length === 0) return undefined
  return bounded([
    ...parameters.unknownQuery.map((name) => inQuery(operation, parameters, name)),
    ...bounded(inBody).map((pointer) => inObject(operation, body, pointer)),
  ])
}

function inQuery({ parameters }: Operation, { query }: Parameters, name: string): Ignored {
  const known = parameters.filter((one) => one.in === 'query' && !Object.hasOwn(query, one.name)).map((one) => one.name)
  return withSuggestion(pointerTo('/query', name), name, known)
}

function inObject(operation: Operation, { value, mediaType }: Body, pointer: string): Ignored {
  const tokens = tokensOf(pointer)
  const around = tokens.slice(0, -1).reduce<string>(pointerTo, '')
  const { properties = {} } = schemaAt(operation, mediaType, around) ?? {}
  const given = valueAt({ body: value }, around)
  const missing = Object.keys(properties).filter(
    (name) => !(Object(given) === given && Object.hasOwn(Object(given), name)),
  )
  const file = missing.find((name) => properties[name]?.format === 'binary')
  const found = withSuggestion(pointer, tokens.at(-1) ?? '', missing)
  return found.suggestion === undefined && file !== undefined ? { pointer, suggestion: file } : found
}

/** `name[]` is how some clients write a list. */
function withSuggestion(pointer: string, name: string, known: readonly string[]): Ignored {
  const suggestion = nearest(name.replace(/\[\d*\]$/, ''), known)
  return suggestion === undefined ? { pointer } : { pointer, suggestion }
}
