import type { ApiDocument } from '../../openapi/document.ts'
import { isObject } from '../../openapi/json-object.ts'
import { valueAt } from '../../openapi/json-pointer.ts'
import type { Operation, Parameter } from '../../openapi/operation.ts'
import { follow } from '../../openapi/reference.ts'
import type { Schema } from '../../openapi/schema.ts'
import { requiredOnly, type ValueSource, validValue } from '../../openapi/valid-value.ts'
import { NOBODYS } from '../guard.ts'
import type { Sending } from '../sending.ts'
import { type Body, encodeBody } from './encode-body.ts'

type Texts = Readonly<Record<string, string>>

/** A request to an operation, before it is written out. */
export interface PlannedRequest {
  readonly path: Texts
  readonly query: Texts
  readonly header: Texts
  readonly body: Body | undefined
}

/** OpenAPI 3.0 (section 4.7.12.1) gives these headers no meaning as parameters; the key is a case of its own. */
const NO_PARAMETERS = ['accept', 'content-type', 'authorization', 'api_key']

/** The parameters that requests give. */
export const parametersOf = ({ parameters }: Operation): readonly Parameter[] =>
  parameters.filter(({ name, in: place }) => place !== 'header' || !NO_PARAMETERS.includes(name.toLowerCase()))

/** A request with every parameter, and a body in the media type or in the first one. Texts come from examples, or from schemas. */
export function validRequest(source: ValueSource, operation: Operation, type?: string): PlannedRequest {
  const textsIn = (place: Parameter['in']) =>
    Object.fromEntries(
      parametersOf(operation)
        .filter((parameter) => parameter.in === place)
        .map((parameter) => [parameter.name, validParameter(source, parameter)]),
    )
  return {
    path: textsIn('path'),
    query: textsIn('query'),
    header: textsIn('header'),
    body: validBody(source, operation, type),
  }
}

/** The request with its required parameters and fields alone. */
export function minimalRequest(operation: Operation, { path, query, header, body }: PlannedRequest): PlannedRequest {
  const isRequired = (place: Parameter['in'], name: string) =>
    operation.parameters.some((parameter) => parameter.in === place && parameter.name === name && parameter.required)
  const required = (place: 'query' | 'header', texts: Texts) =>
    Object.fromEntries(Object.entries(texts).filter(([name]) => isRequired(place, name)))
  return {
    path,
    query: required('query', query),
    header: required('header', header),
    body: body && { ...body, value: withNeeded(operation, requiredOnly(body.schema, body.value), body.value) },
  }
}

/** The names of records, without which none can be created. The schemas do not say so. */
const NEEDED: Readonly<Record<string, string>> = {
  addDomain: 'name',
  createUser: 'username',
  createUsersWithListInput: 'username',
}

/** Adds the name of each record to the fields that are required. */
function withNeeded({ id }: Operation, required: unknown, whole: unknown): unknown {
  const name = NEEDED[id]
  const add = (record: unknown, all: unknown) =>
    isObject(record) && isObject(all) && name !== undefined ? { ...record, [name]: all[name] } : record
  if (!Array.isArray(required) || !Array.isArray(whole)) return add(required, whole)
  return required.map((record, index) => add(record, whole[index]))
}

/** The request as a scenario sends it. */
export function toSending({ path, query, header, body }: PlannedRequest): Sending {
  const pairs = Object.entries(query).map(([name, text]) => `${encodeURIComponent(name)}=${encodeURIComponent(text)}`)
  return {
    path,
    ...(pairs.length > 0 && { query: pairs.join('&') }),
    headers: header,
    ...(body && encodeBody(body)),
  }
}

function validParameter(source: ValueSource, { name, schema, pointer }: Parameter): string {
  const value = exampleAt(source.document, pointer) ?? validValue(source, schema, name)
  return [value].flat().join(',')
}

function validBody(source: ValueSource, { requestBody }: Operation, wanted: string | undefined): Body | undefined {
  const [type, schema] = Object.entries(requestBody?.content ?? {}).find(([name]) => name === (wanted ?? name)) ?? []
  if (!requestBody || type === undefined || schema === undefined) return undefined
  const pointer = `${requestBody.pointer}/content/${type.replaceAll('~', '~0').replaceAll('/', '~1')}`
  return { type, schema, value: exampleAt(source.document, pointer) ?? validValue(source, schema) }
}

/** The example of a parameter or a media type, or the first of its examples. */
function exampleAt({ json }: ApiDocument, pointer: string): unknown {
  const node = valueAt(json, pointer)
  if (!isObject(node)) return undefined
  const [first] = Object.entries(isObject(node.examples) ? node.examples : {})
  return node.example ?? (first && follow(json, first[1], `${pointer}/examples/${first[0]}`).node.value)
}

/** An id that nobody has. */
export const missingId = (seed: number): number => NOBODYS + (seed % 1_000_000)

/** Values for the path's parameters that name no record. */
export function absentPath({ prefix, seed }: Pick<ValueSource, 'prefix' | 'seed'>, { parameters }: Operation): Texts {
  const inPath = parameters.filter((parameter) => parameter.in === 'path')
  return Object.fromEntries(inPath.map(({ name, schema }) => [name, absentText(schema, prefix, seed)]))
}

function absentText({ type, format }: Schema, prefix: string, seed: number): string {
  if (format === 'int32') return String(2 ** 31 - 1 - (seed % 1_000_000))
  if (type === 'integer' || type === 'number') return String(missingId(seed))
  return format === 'uuid' ? `00000000-0000-4000-9000-${String(seed).padStart(12, '0')}` : `${prefix}nobody`
}
