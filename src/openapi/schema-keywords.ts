import { DocumentError } from './document-error.ts'
import type { JsonObject } from './json-object.ts'
import { pointerTo } from './json-pointer.ts'
import { nearest } from './nearest.ts'
import { plainText } from './plain-text.ts'

/** Keywords that say nothing about a value. Ignoring them is harmless. */
const ANNOTATIONS = ['title', 'description', 'example', 'externalDocs', 'deprecated']

/** Keywords that express-openapi-validator enforces and that no codec, writer or generator has to know. */
const VALIDATED = [
  ...['multipleOf', 'maximum', 'exclusiveMaximum', 'minimum', 'exclusiveMinimum'],
  ...['maxLength', 'minLength', 'pattern', 'maxItems', 'minItems', 'uniqueItems', 'maxProperties', 'minProperties'],
]

/** Keywords that `readSchema` reads. */
const READ = ['type', 'format', 'enum', 'required', 'properties', 'items', 'additionalProperties', 'default']

const SUPPORTED = [...ANNOTATIONS, ...VALIDATED, ...READ]

/** The other keywords of OpenAPI 3.0 (section 4.7.24), and what to write instead. */
const ALTERNATIVES: Readonly<Record<string, string>> = {
  allOf: 'Write the properties of all parts into one schema.',
  oneOf: 'Use one schema for each operation.',
  anyOf: 'Use one schema for each operation.',
  not: 'Say what is allowed.',
  discriminator: 'Use one schema for each operation.',
  nullable: 'XML has no null: leave the property out of required.',
  readOnly: 'Use one schema for requests and one for responses.',
  writeOnly: 'Use one schema for requests and one for responses.',
  xml: 'An element always has the name of its property or schema.',
}

/** The formats of express-openapi-validator 5.6.2 and of ajv-formats, which it uses. It ignores every other. */
const FORMATS = [
  ...['int32', 'int64', 'float', 'double', 'byte', 'binary', 'password', 'date', 'time', 'date-time', 'duration'],
  ...['iso-time', 'iso-date-time', 'uri', 'uri-reference', 'uri-template', 'url', 'email', 'hostname', 'ipv4', 'ipv6'],
  ...['regex', 'uuid', 'json-pointer', 'json-pointer-uri-fragment', 'relative-json-pointer'],
]

/** The types of OpenAPI 3.0 (section 4.7.24). */
const TYPES = ['string', 'integer', 'number', 'boolean', 'object', 'array']

/** Throws a DocumentError if the schema has anything that would be ignored and changes what it means. */
export function requireSupported(schema: JsonObject, pointer: string): void {
  const unknown = Object.keys(schema).find((keyword) => !SUPPORTED.includes(keyword) && !EXTENSION.test(keyword))
  if (unknown !== undefined) throw unsupported(unknown, pointer)
  requireOneOf('type', schema.type, TYPES, pointer)
  requireOneOf('format', schema.format, FORMATS, pointer)
  if (Array.isArray(schema.enum) && !schema.enum.every((value) => typeof value === 'string'))
    throw new DocumentError(`Keyword enum at ${pointer} is only supported with texts. Remove it.`, `${pointer}/enum`)
}

/** The validator runs its own extensions, which begin with `x-eov-`. */
const EXTENSION = /^x-(?!eov-)/

function unsupported(keyword: string, pointer: string): DocumentError {
  const meant = nearest(keyword, SUPPORTED)
  const remedy = ALTERNATIVES[keyword] ?? (meant ? `Did you mean ${meant}?` : '')
  const message = `Keyword ${keyword} at ${pointer} is not supported. Remove it. ${remedy}`.trim()
  return new DocumentError(message, pointerTo(pointer, keyword))
}

function requireOneOf(keyword: string, value: unknown, known: readonly string[], pointer: string): void {
  if (value === undefined || known.includes(plainText(value))) return
  const at = `${pointer}/${keyword}`
  const meant = nearest(plainText(value), known)
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`
  throw new DocumentError(`${at} is ${plainText(value)}; it must be one of ${known.join(', ')}.${hint}`, at)
}
