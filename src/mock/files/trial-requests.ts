import { rootNameOf, writeXml } from '../../openapi/codecs/write-xml.ts'
import type { ApiDocument } from '../../openapi/document.ts'
import { type Operation, type Parameter, successTypesOf } from '../../openapi/operation.ts'
import type { Schema } from '../../openapi/schema.ts'
import { requiredOnly, type ValueSource, validValue } from '../../openapi/valid-value.ts'
import { DEFAULTS } from '../defaults.ts'

/** A request that tries an operation out. */
export interface TrialRequest {
  readonly target: string
  readonly init: Init & { readonly method: string }
}

interface Init {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | FormData
}

/**
 * Requests to an operation: one for each media type of its body and of its success, with and without the optional fields, and
 * one for an unknown record. A value that a pattern forbids is refused; that tries less, but is no fault of the document.
 */
export function trialRequests(document: ApiDocument, operation: Operation): TrialRequest[] {
  const source: ValueSource = { document, prefix: 'trial', seed: 1, trusted: new Set() }
  const accepted = successTypesOf(operation)
  const request = (ids: Ids, accept: string | undefined, body: Init): TrialRequest => ({
    target: targetOf(document, operation, source, ids),
    init: {
      ...body,
      method: operation.method,
      headers: { ...headersOf(operation, source), ...(accept && { accept }), ...body.headers },
    },
  })
  const bodies = bodiesOf(operation, source)
  return [
    ...(accepted.length > 0 ? accepted : [undefined]).map((accept) => request(KNOWN, accept, bodies[0] ?? {})),
    ...bodies.slice(1).map((body) => request(KNOWN, undefined, body)),
    request(UNKNOWN, undefined, bodies[0] ?? {}),
  ]
}

/** The ids of path parameters, by their type. */
type Ids = Readonly<{ number: string; text: string }>

const KNOWN: Ids = { number: '1', text: 'user1' }
const UNKNOWN: Ids = { number: '987654321', text: 'nobody' }

function targetOf({ basePath }: ApiDocument, { path, parameters }: Operation, source: ValueSource, ids: Ids): string {
  const numbers = ['integer', 'number']
  const id = ({ schema }: Parameter) =>
    schema.enum?.[0] ?? (numbers.includes(schema.type ?? '') ? ids.number : ids.text)
  const parameter = (name: string) => parameters.find((one) => one.in === 'path' && one.name === name)
  const filled = path.replaceAll(/\{([^{}]+)\}/g, (_all, name: string) => {
    const found = parameter(name)
    return encodeURIComponent(found ? id(found) : ids.text)
  })
  const query = parameters
    .filter((one) => one.in === 'query')
    .map(({ name, schema }) => [name, [validValue(source, schema, name)].flat().join(',')] as [string, string])
  return `${basePath}${filled}${query.length > 0 ? `?${new URLSearchParams(query)}` : ''}`
}

function headersOf({ parameters, secured }: Operation, source: ValueSource): Record<string, string> {
  const headers = parameters
    .filter((one) => one.in === 'header')
    .map(({ name, schema }) => [name, String(validValue(source, schema, name))] as const)
  return { ...Object.fromEntries(headers), ...(secured && { api_key: DEFAULTS.apiKey }) }
}

/** A body in each media type; the first one also with its required fields alone. */
function bodiesOf({ requestBody }: Operation, source: ValueSource): Init[] {
  return Object.entries(requestBody?.content ?? {}).flatMap(([type, schema]) => {
    const value = validValue(source, schema)
    return [encoded(type, schema, value), encoded(type, schema, requiredOnly(schema, value))]
  })
}

function encoded(type: string, schema: Schema, value: unknown): Init {
  if (type === 'multipart/form-data') return { body: formOf(value) }
  return { headers: { 'content-type': type }, body: textOf(type, schema, value) }
}

function textOf(type: string, schema: Schema, value: unknown): string {
  if (type === 'application/xml') return writeXml(value, schema, rootNameOf(schema))
  if (type === 'application/x-www-form-urlencoded') return String(new URLSearchParams(Object.entries(Object(value))))
  return JSON.stringify(value)
}

function formOf(value: unknown): FormData {
  const form = new FormData()
  for (const [name, field] of Object.entries(Object(value))) form.append(name, String(field))
  return form
}
