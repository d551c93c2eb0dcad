import { hexOf, pick, streamOf } from '../../../fixtures/stream.ts'
import { project } from '../../openapi/codecs/project.ts'
import type { ApiDocument } from '../../openapi/document.ts'
import { type DocumentedResponse, type Operation, responseFor, successOf } from '../../openapi/operation.ts'
import { plainText } from '../../openapi/plain-text.ts'
import type { Schema } from '../../openapi/schema.ts'
import { validValue } from '../../openapi/valid-value.ts'
import { valueValidatorOf } from '../../openapi/validators/value-validator.ts'
import type { Reply } from '../exchange/reply.ts'
import { PROBLEM_TYPE } from '../validation/problem.ts'
import { describesText, wellFormedHeader } from '../validation/response.ts'

/** A reply, and the media type of its body; '' without one. */
export interface Fitted {
  readonly reply: Reply
  readonly mediaType: string
}

/** Fits a reply of a handler that was written for the packaged document to another version of it. */
export type Adapt = (operation: Operation, reply: Reply, mediaType: string) => Promise<Fitted>

/** A repaired value may break another rule of its place; so often another one is tried there. */
const MOST_ROUNDS = 8

/**
 * Makes what adapts replies to a document: a status, headers and body as it documents them. Values that it asks for and no handler knows
 * are made from their schema and the seed, each in a stream of its own; a value that conforms stays as it is.
 */
export function createAdapt(document: ApiDocument, seed: number): Adapt {
  return async (operation, given, mediaType) => {
    const status = statusFor(operation, given.status)
    const documented = responseFor(operation, status)
    if (documented === undefined) return { reply: given, mediaType }
    const type = mediaTypeFor(documented, mediaType)
    const schema = documented.content[type]
    const make = createMaker(document, seed)
    const { value: _value, headers: _headers, ...rest } = given
    const headers = headersFor(documented, given, make)
    const reply = { ...rest, status, ...(Object.keys(headers).length > 0 && { headers }) }
    if (schema === undefined) return { reply, mediaType: '' }
    const value = bodyFor(schema, given, type, make)
    const fitted = { ...reply, value: await repaired(document, operation, status, type, schema, value, make) }
    return { reply: fitted, mediaType: type }
  }
}

/** A success that is not documented becomes the one that is. */
function statusFor(operation: Operation, status: number): number {
  if (status >= 300 || operation.responses[status] !== undefined) return status
  const success = Number(successOf(operation)?.status)
  return Number.isNaN(success) ? status : success
}

function mediaTypeFor({ content }: DocumentedResponse, wanted: string): string {
  const types = Object.keys(content)
  return types.includes(wanted) ? wanted : (types.find((type) => type.endsWith('json')) ?? types[0] ?? '')
}

/** Makes a value for a schema; the identity names the record and the place that it is for. */
type Make = (schema: Schema, identity: string, round?: number) => unknown

/** Values for a property of a record, the same ones each time. */
export function createMaker(document: ApiDocument, seed: number): Make {
  return (schema, identity, round = 0) => {
    const stream = streamOf(seed, 'next', identity)
    if (schema.enum) return pick(stream, schema.enum)
    const source = { document, prefix: `${hexOf(stream, 4)}-`, seed: Math.floor(stream.next() * 1_000_000) }
    // Examples of a document may be wrong, so that the next round does without.
    return validValue({ ...source, trusted: new Set(round === 0 ? [schema] : []) }, schema, identity.split('/').at(-1))
  }
}

function headersFor({ headers }: DocumentedResponse, { headers: given = {} }: Reply, make: Make) {
  const wanted = headers.filter(({ name, required, inferred }) => given[name] !== undefined || required || !inferred)
  return Object.fromEntries(
    wanted.map(({ name, schema }) => {
      const value = given[name]
      return [name, value !== undefined && wellFormedHeader(schema, value) ? value : String(make(schema, `/${name}`))]
    }),
  )
}

/** The body of a refusal that is no problem gets the words of the problem under the names that it has for them. */
function bodyFor(schema: Schema, { status, value }: Reply, mediaType: string, make: Make): unknown {
  if (value === undefined) return make(schema, '')
  if (status < 400 || mediaType === PROBLEM_TYPE) return value
  const { detail, title } = Object(value) as { readonly detail?: string; readonly title?: string }
  const aliases = { message: detail, description: detail, error: title, code: status, statusCode: status }
  return schema.type === 'object' ? project({ ...aliases, ...Object(value) }, schema) : detail
}

/** Most replies need no repair, and the validator of replies is set up already; it tells one violation at a time. */
async function repaired(
  document: ApiDocument,
  operation: Operation,
  status: number,
  mediaType: string,
  schema: Schema,
  given: unknown,
  make: Make,
): Promise<unknown> {
  if (describesText(mediaType)) return given
  const violations = await document.validator().validateReply(operation, status, mediaType, given)
  return violations.length === 0 ? given : repairedAll(document, schema, structuredClone(given), make)
}

/** The value, changed in place, with another one at each place that breaks the schema, in rounds of as many as are listed. */
async function repairedAll(document: ApiDocument, schema: Schema, given: unknown, make: Make): Promise<unknown> {
  const validate = valueValidatorOf(document)
  const tried = new Map<string, number>()
  for (let value = given; ; ) {
    const violations = await validate(schema, value)
    const open = violations.filter(({ path }) => (tried.get(path) ?? 0) < MOST_ROUNDS)
    if (open.length === 0) return value
    for (const { path, keyword } of open) {
      const round = tried.get(path) ?? 0
      tried.set(path, round + 1)
      value = withValueAt(value, schema, path.split('/').slice(1), schema.pointer, (at, identity) =>
        keyword === 'additionalProperties' ? undefined : make(at, identity, round),
      )
    }
  }
}

/** A text that names a record among those of its schema. */
function nameOf(value: unknown): string {
  const { id, username } = Object(value) as { readonly id?: unknown; readonly username?: unknown }
  return plainText(id ?? username ?? '')
}

function withValueAt(
  value: unknown,
  schema: Schema,
  [token, ...rest]: readonly string[],
  identity: string,
  change: (schema: Schema, identity: string) => unknown,
): unknown {
  if (token === undefined) return change(schema, identity)
  const isKey = token === KEYS[schema.name ?? '']
  if (isKey && Object.hasOwn(Object(value), token)) return value
  const child = childOf(schema, token)
  const made =
    child && withValueAt(Object(value)[token], child, rest, childIdentity(value, schema, token, identity), change)
  if (made === undefined) Reflect.deleteProperty(Object(value), token)
  else Object(value)[token] = made
  return value
}

/** A record with another key would be another record. */
const KEYS: Readonly<Record<string, string>> = { Pet: 'id', Domain: 'id', User: 'username' }

const childOf = ({ items, properties, additionalProperties }: Schema, token: string): Schema | undefined =>
  items ?? (Object.hasOwn(properties, token) ? properties[token] : additionalProperties)

/** The place of a record in a list does not matter: it has the same values when it is read alone. */
function childIdentity(value: unknown, schema: Schema, token: string, identity: string): string {
  if (schema.items) return schema.items.pointer
  return `${schema.name === undefined ? identity : `${schema.pointer}/${nameOf(value)}`}/${token}`
}
