import type { Violation } from '../../openapi/api-error.ts'
import { describe } from '../../openapi/describe.ts'
import type { ApiDocument } from '../../openapi/document.ts'
import { pointerTo, tokensOf, valueAt } from '../../openapi/json-pointer.ts'
import { nearest } from '../../openapi/nearest.ts'
import type { Operation } from '../../openapi/operation.ts'
import { plainText } from '../../openapi/plain-text.ts'
import type { Schema } from '../../openapi/schema.ts'
import type { RawViolation, RequestValues } from '../../openapi/validators/validator.ts'

/** Turns the validator's findings into violations: a pointer into the request, the expected value, the received one. */
export function explainRequest(
  operation: Operation,
  values: RequestValues,
  found: readonly RawViolation[],
): Violation[] {
  return found.map((raw) => {
    const pointer = pointerOf(raw)
    const received = valueAt(values, pointer)
    const schema = schemaAt(operation, values.mediaType, pointer)
    return {
      pointer,
      expected: schema ? describe(schema) + besides(raw) : asNoun(raw.message),
      ...(received !== undefined && { received }),
    }
  })
}

const pointerOf = ({ path }: RawViolation) => path.replace(/^\/params(?=\/)/, '/path')

/** The pointers of what the request leaves out. What came and could not be decoded is not missing. */
export function missingIn(found: readonly RawViolation[], undecoded: readonly Violation[]): ReadonlySet<string> {
  const came = new Set(undecoded.map(({ pointer }) => pointer))
  const required = found.filter(({ keyword }) => keyword === 'required').map(pointerOf)
  return new Set(required.filter((pointer) => !came.has(pointer)))
}

/** The validator's message as what a value "must be". It knows properties of which no schema tells. */
function asNoun(message: string): string {
  if (message.includes('NOT have additional properties')) return NO_SUCH_PROPERTY
  const [, verb = '', rest = message] = /^must (be|match|have|pass|contain|NOT have|NOT) ?(.*)$/.exec(message) ?? []
  return `${NOUNS[verb] ?? ''}${rest}`
}

const NO_SUCH_PROPERTY = 'absent: there is no such property'

const NOUNS: Readonly<Record<string, string>> = {
  match: 'a value that matches ',
  have: 'a value with ',
  pass: 'a value that passes ',
  contain: 'a value that contains ',
  'NOT have': 'a value without ',
  NOT: 'a value that does not ',
}

/** Keywords that the description of a schema covers. Other keywords add a bound. */
const DESCRIBED = new Set(['type', 'format', 'enum', 'required'])

const besides = ({ keyword, message }: RawViolation) => (DESCRIBED.has(keyword) ? '' : `, ${asBound(message)}`)

/** The validator's message about a bound as what follows a noun: `must NOT have more than 2 items` is `with at most 2 items`. */
function asBound(message: string): string {
  const [sign, words] = BOUNDS.find(([start]) => message.startsWith(start)) ?? []
  return sign === undefined
    ? asNoun(message)
    : (words + message.slice(sign.length)).replace(/ 1 (item|character)s$/, ' 1 $1')
}

const BOUNDS: readonly (readonly [sign: string, words: string])[] = [
  ['must NOT have fewer than ', 'with at least '],
  ['must NOT have more than ', 'with at most '],
  ['must NOT have duplicate items', 'without duplicate items'],
  ['must be >= ', 'at least '],
  ['must be <= ', 'at most '],
  ['must be > ', 'more than '],
  ['must be < ', 'less than '],
  ['must be multiple of ', 'a multiple of '],
  ['must match pattern ', 'which matches the pattern '],
]

/** The schema of a place in a request; undefined if the document has none. */
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
  const own = Object.hasOwn(schema.properties, token) ? schema.properties[token] : undefined
  return descend(own ?? schema.items ?? schema.additionalProperties, rest)
}

/**
 * Adds suggestions: the nearest of the enum's values, or an unknown name that was probably meant for a missing one.
 * `unknownQuery` are the names in the query that the document does not know.
 */
export function withSuggestions(
  operation: Operation,
  values: RequestValues,
  unknownQuery: readonly string[],
  violations: readonly Violation[],
  document: Pick<ApiDocument, 'operations' | 'basePath'>,
): Violation[] {
  const namesOf = rememberedKeys()
  return violations.map((violation) => {
    const { pointer, expected, received, suggestion } = violation
    if (suggestion !== undefined) return violation
    if (expected === NO_SUCH_PROPERTY) return withName(violation, operation, values.mediaType)
    const known = schemaAt(operation, values.mediaType, pointer)?.enum
    if (known === undefined && pointer.startsWith('/path/')) return withFixedPath(violation, operation, document)
    const meant =
      received === undefined
        ? misspelt(pointer, pointer.startsWith('/query/') ? unknownQuery : namesOf(objectAround(values, pointer)))
        : known && typeof received === 'string' && nearest(received, known)
    return meant ? { ...violation, suggestion: meant } : violation
  })
}

/** A value that stands where another path has a fixed word: `/pet/findByStatsu` came as the id of a pet. */
function withFixedPath(
  violation: Violation,
  { path }: Operation,
  { operations, basePath }: Pick<ApiDocument, 'operations' | 'basePath'>,
): Violation {
  const at = path.indexOf('{')
  const beside = operations.map((other) => other.path).filter((other) => other.startsWith(path.slice(0, at)))
  const words = beside.flatMap((other) => /^[^{/]+$/.exec(other.slice(at)) ?? [])
  const meant = nearest(plainText(violation.received ?? ''), words)
  return meant === undefined ? violation : { ...violation, suggestion: `${basePath}${path.slice(0, at)}${meant}` }
}

/** An unknown property, with the name of the one that was probably meant. */
function withName(violation: Violation, operation: Operation, mediaType: string | undefined): Violation {
  const tokens = tokensOf(violation.pointer)
  const around = schemaAt(operation, mediaType, tokens.slice(0, -1).reduce<string>(pointerTo, ''))
  const meant = nearest(tokens.at(-1) ?? '', Object.keys(around?.properties ?? {}))
  return meant === undefined ? violation : { ...violation, suggestion: meant }
}

/** The names in an object. They are listed once: many violations may be of one object, which may have a million names. */
function rememberedKeys(): (of: object) => readonly string[] {
  const known = new Map<object, readonly string[]>()
  return (of) => {
    const keys = known.get(of) ?? Object.keys(of)
    known.set(of, keys)
    return keys
  }
}

/** The object that has the place, or an empty one. */
function objectAround(values: RequestValues, pointer: string): object {
  const tokens = tokensOf(pointer)
  const around = tokens.length > 1 && valueAt(values, tokens.slice(0, -1).reduce<string>(pointerTo, ''))
  return around && typeof around === 'object' ? around : {}
}

function misspelt(pointer: string, names: readonly string[]): string | undefined {
  const wanted = tokensOf(pointer).at(-1) ?? ''
  const came = nearest(wanted, names)
  return came === undefined ? undefined : `${wanted} in place of ${came}`
}
