import type { Violation } from '../errors.ts'
import { nearest } from '../nearest.ts'
import { describe } from '../spec/describe.ts'
import type { ApiDocument } from '../spec/document.ts'
import type { Operation } from '../spec/operation.ts'
import { pointerTo, tokensOf, valueAt } from '../spec/pointer.ts'
import type { Schema } from '../spec/schema.ts'
import type { RawViolation, RequestValues } from './validator.ts'

/** Words the validator's findings for the client: a pointer into its request, what the document asks for, what came. */
export function explainRequest(
  document: ApiDocument,
  operation: Operation,
  values: RequestValues,
  found: readonly RawViolation[],
): Violation[] {
  const explained = found.map((raw) => explainOne(document, operation, values, raw))
  return [...new Map(explained.map((violation) => [violation.pointer, violation])).values()]
}

function explainOne(document: ApiDocument, operation: Operation, values: RequestValues, raw: RawViolation): Violation {
  const pointer = raw.path.replace(/^\/params(?=\/)/, '/path')
  const received = valueAt(values, pointer)
  const schema = schemaAt(operation, values.mediaType, pointer)
  const suggestion = schema && suggest(schema, pointer, values, received)
  return {
    pointer,
    expected: schema ? `${describe(schema)}${lineNote(document, schema)}` : raw.message,
    ...(received !== undefined && { received }),
    ...(suggestion !== undefined && { suggestion }),
  }
}

/** Where the document asks for it, for a person: ` (openapi.yaml, line 12)`. */
export function lineNote(document: ApiDocument, schema: Schema): string {
  const line = document.lines.get(schema.pointer)
  return line === undefined ? '' : ` (${document.name}, line ${line})`
}

/** The schema that governs a place in a request, or undefined where the document has none. */
export function schemaAt(operation: Operation, mediaType: string | undefined, pointer: string): Schema | undefined {
  const [place, ...tokens] = tokensOf(pointer)
  if (place === 'body') return descend(operation.requestBody?.content[mediaType ?? ''], tokens)
  const [name, ...rest] = tokens
  const parameter = operation.parameters.find(
    (candidate) => `${candidate.in}${candidate.in === 'header' ? 's' : ''}` === place && candidate.name === name,
  )
  return descend(parameter?.schema, rest)
}

function descend(schema: Schema | undefined, tokens: readonly string[]): Schema | undefined {
  const [token, ...rest] = tokens
  if (schema === undefined || token === undefined) return schema
  return descend(schema.properties[token] ?? schema.items ?? schema.additionalProperties, rest)
}

/** The nearest of the enum's values, or the property that was probably meant by a missing one. */
function suggest(schema: Schema, pointer: string, values: RequestValues, received: unknown): string | undefined {
  if (schema.enum && typeof received === 'string') return nearest(received, schema.enum)
  if (received !== undefined) return undefined
  const tokens = tokensOf(pointer)
  const siblings = valueAt(values, tokens.slice(0, -1).reduce<string>(pointerTo, ''))
  if (siblings === null || typeof siblings !== 'object') return undefined
  const meant = nearest(tokens.at(-1) ?? '', Object.keys(siblings))
  return meant === undefined ? undefined : `${tokens.at(-1)} in place of ${meant}`
}
