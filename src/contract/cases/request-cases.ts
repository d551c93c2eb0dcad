import { mediaTypesOf, publishedResponses } from '../../http/answers/published.ts'
import type { Operation, Parameter, RequestBody } from '../../openapi/operation.ts'
import type { Expectation } from '../interaction.ts'
import type { Sending } from '../sending.ts'
import { type Body, encodeBody, JSON_TYPE, XML_TYPE } from './encode-body.ts'
import { type MalformedBody, malformedJson, malformedXml } from './malformed-bodies.ts'
import { minimalRequest, type PlannedRequest, parametersOf, toSending } from './valid-request.ts'
import { NO_KEY, wrongKeys } from './wrong-keys.ts'
import { type WrongValue, wrongFields, wrongTexts, wrongValues } from './wrong-values.ts'

/** A request that is derived from the document, and what should come of it. */
export type RequestCase = Sending & { readonly about: string; readonly expect: Expectation }

const refused = (sending: Sending, about: string): RequestCase => ({ ...sending, about, expect: 'refused' })

/** Statuses that depend on the server's data, so that a valid request may come to them if they are documented. */
const DEPENDS_ON_DATA = ['402', '403', '409', '410', '412', '423', '428']

/** The expectation for a valid request; `isFound` if its path names a record that is there. */
export function expectationOf(operation: Operation, isFound: boolean): 'success' | 'documented' {
  const mayDepend = publishedResponses(operation).some(({ status }) => DEPENDS_ON_DATA.includes(status))
  return isFound && !mayDepend ? 'success' : 'documented'
}

/** The usual Accept headers of clients that take anything. */
export const LENIENT = ['*/*', 'application/*', 'application/json, text/plain, */*', undefined] as const
/** A media type that no operation gives. */
const UNACCEPTABLE = 'image/x-contract'

/** An Accept for a valid request; one that cannot be met may be refused or ignored (RFC 9110, section 12.5.1). */
export interface AcceptCase {
  readonly about: string
  readonly accept?: string
  readonly expect?: 'any'
}

/** Every documented media type alone, the usual wide Accepts, and one that cannot be met. */
export function acceptCases(operation: Operation): AcceptCase[] {
  const types = mediaTypesOf(operation)
  if (types.length === 0) return []
  const wide = types.some((type) => type.startsWith('application/'))
    ? LENIENT
    : LENIENT.filter((type) => type === '*/*')
  return [
    ...[...types, ...wide].map((accept) => ({ about: `Accept ${accept ?? 'absent'}`, ...(accept && { accept }) })),
    { about: 'an Accept that cannot be met', accept: UNACCEPTABLE, expect: 'any' },
  ]
}

/** The valid request with what is required alone. */
export const minimalCase = (operation: Operation, request: PlannedRequest, expect: Expectation): RequestCase => ({
  ...toSending(minimalRequest(operation, request)),
  about: 'only what is required',
  expect,
})

/** The request without a key and with wrong ones. */
export function keyCases(operation: Operation, sending: Sending, key: string | undefined): RequestCase[] {
  const expect = 'unauthorised'
  const cases = wrongKeys(key ?? '').map((wrong) => ({ ...sending, ...wrong, expect }) as const)
  if (!key) return cases
  const query = [sending.query, `api_key=${encodeURIComponent(key)}`].filter(Boolean).join('&')
  const xml = { ...sending, ...NO_KEY, accept: XML_TYPE, about: 'reading XML without a key', expect } as const
  const inQuery = { ...sending, ...NO_KEY, query, about: 'the key in the query', expect } as const
  return [...cases, ...(mediaTypesOf(operation).includes(XML_TYPE) ? [xml] : []), inQuery]
}

/** The request with one parameter of a wrong type, or without one that is required. */
export const parameterCases = (operation: Operation, request: PlannedRequest): RequestCase[] =>
  parametersOf(operation).flatMap((parameter) => [
    ...wrongParameter(parameter, request),
    ...(parameter.required && parameter.in !== 'path' ? [withoutParameter(parameter, request)] : []),
  ])

function wrongParameter({ name, in: place, schema }: Parameter, request: PlannedRequest): RequestCase[] {
  const wrong = wrongTexts(schema.items ?? schema, request[place][name])
  return wrong.map(({ about, value }) =>
    refused(
      toSending({ ...request, [place]: { ...request[place], [name]: String(value) } }),
      `${about} for ${place} ${name}`,
    ),
  )
}

function withoutParameter({ name, in: place }: Parameter, request: PlannedRequest): RequestCase {
  const rest = Object.entries(request[place]).filter(([key]) => key !== name)
  return refused(toSending({ ...request, [place]: Object.fromEntries(rest) }), `without ${place} ${name}`)
}

/** The request with a body that its schema or its media type does not allow. */
export function bodyCases({ requestBody }: Operation, request: PlannedRequest): RequestCase[] {
  const { body } = request
  if (!body || !requestBody) return []
  const sending = toSending({ ...request, body: undefined })
  const wrong = wrongBodies(body).map(({ about, value }) =>
    refused({ ...sending, ...encodeBody({ ...body, value }) }, about),
  )
  const malformed = malformedBodies(body)
    .filter((bytes) => isInvalid(requestBody, body.type, bytes))
    .map(({ about, ...bytes }) => refused({ ...sending, ...bytes }, about))
  return [...wrong, ...malformed]
}

/** An optional body may be left out, and another media type may be documented too. */
const isInvalid = ({ required, content }: RequestBody, meant: string, { body, type }: MalformedBody): boolean =>
  body === '' ? required : type === meant || !Object.hasOwn(content, type)

/** JSON has types; in every other media type a value is a text. */
function wrongBodies({ type, schema, value }: Body): WrongValue[] {
  if (type === JSON_TYPE) return wrongValues(schema, value)
  const kind = type === XML_TYPE ? 'XML' : 'a form'
  return wrongFields(schema, value).map(({ about, value: wrong }) => ({ about: `${kind} with ${about}`, value: wrong }))
}

function malformedBodies(body: Body): MalformedBody[] {
  if (body.type === JSON_TYPE) return malformedJson(body.value)
  if (body.type === XML_TYPE) return malformedXml(String(encodeBody(body).body))
  return [{ about: 'no form', body: '', type: body.type }]
}
