import {
  type ContentRules,
  type DocumentRules,
  type OperationRules,
  type ResponseRules,
  readRules,
  schemasOf,
} from './document-rules.ts'
import type { FaultStep } from './faults.ts'
import { readXmlValue } from './strict-xml.ts'
import type { Answer } from './wire-client.ts'

/** A request as far as its answer depends on it. `target` is without the part that selects a session. */
export interface Asked {
  readonly method: string
  readonly target: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** The ids of all sessions that the request names. */
  readonly sessions: readonly string[]
}

/** Lists what is wrong with an answer by the documents and by the rules of HTTP alone. `faults` may have changed it. */
export type CheckAnswer = (asked: Asked, answer: Answer, faults: readonly FaultStep[]) => string[]

type Found =
  | { readonly kind: 'unknown' }
  /** Outside the API: the index, the way to it, and the API's document. */
  | { readonly kind: 'site'; readonly status: number }
  | { readonly kind: 'wrong-method' }
  | { readonly kind: 'operation'; readonly operation: OperationRules }

const KEY = 'special-key'
const SESSION_ID = /^[A-Za-z0-9._~-]{1,128}$/
/** Headers of HTTP and of CORS, which no operation documents. */
const TRANSPORT = /^(date|connection|keep-alive|content-length|content-type|vary|cache-control|access-control-[a-z-]+)$/

type CheckValue = ContentRules['check']

/** Makes the check of two documents, by their paths: the API's, and the control plane's below `/__admin`. */
export function createCheck(apiPath: string, controlPath: string): CheckAnswer {
  const api = readRules(apiPath)
  const control = readRules(controlPath, schemasOf(apiPath))
  const problem = problemCheck(api)
  return (asked, answer, faults) => {
    const path = asked.target.split('?')[0] ?? ''
    const isControl = path.startsWith('/__admin')
    const document = isControl ? control : api
    const found = find(document, asked.method, path)
    const mayLackCors = isControl || isPage(path, answer)
    const hasCors = mayLackCors || answer.headers['access-control-allow-origin'] !== undefined
    return [
      ...checkStatusAndBody(asked, answer, found, faults, problem),
      ...checkServerError(asked, answer, faults),
      ...checkLength(asked.method, answer),
      ...(hasCors ? [] : ['no Access-Control-Allow-Origin']),
    ].map((text) => `${nameOf(found)} ${answer.status}: ${text}`)
  }
}

/** Every operation documents a 500 with a problem document. */
function problemCheck({ paths }: DocumentRules): CheckValue {
  const responses = [...(paths[0]?.operations.values() ?? [])][0]?.responses
  const form = responses?.get('500')?.content.get('application/problem+json')
  if (form === undefined) throw new Error('The document has no problem document.')
  return form.check
}

const nameOf = (found: Found) => (found.kind === 'operation' ? found.operation.id : found.kind)

function checkStatusAndBody(
  asked: Asked,
  answer: Answer,
  found: Found,
  faults: readonly FaultStep[],
  problem: CheckValue,
): string[] {
  if (!asked.sessions.every((id) => SESSION_ID.test(id)) && answer.status >= 400)
    return checkProblem(answer, asked.method, problem)
  if (isPreflight(asked)) return expectStatus(answer, 204)
  if (found.kind === 'site') return checkSite(asked, answer, found.status, problem)
  if (found.kind === 'unknown') return [...expectStatus(answer, 404), ...checkProblem(answer, asked.method, problem)]
  if (found.kind === 'wrong-method') return checkWrongMethod(asked, answer, problem)
  if (faults.some((fault) => fault.undocumented && fault.status === answer.status)) return []
  return [
    ...checkKey(asked, answer, found.operation, faults),
    ...checkDocumented(asked, answer, found.operation, faults),
  ]
}

/** A page asks first (Fetch standard, CORS protocol), and is allowed to ask, whatever the path. */
const isPreflight = ({ method, headers, target }: Asked) =>
  method === 'OPTIONS' &&
  !target.startsWith('/__admin') &&
  ['origin', 'access-control-request-method'].every((header) => headers.some(([name]) => name.toLowerCase() === header))

/** The mock's own page, which stands at the root for those that prefer HTML, is for no other page to read. */
const isPage = (path: string, { headers }: Answer) =>
  path === '/' && String(headers['content-type']).startsWith('text/html')

const INDEX = ['/', '/openapi.json', '/openapi.yaml']

function checkSite(asked: Asked, answer: Answer, status: number, problem: CheckValue): string[] {
  if (['GET', 'HEAD'].includes(asked.method)) return expectStatus(answer, status)
  return checkWrongMethod(asked, answer, problem)
}

function find({ basePath, paths }: DocumentRules, method: string, path: string): Found {
  if (INDEX.includes(path)) return { kind: 'site', status: 200 }
  if (!path.startsWith('/__admin') && (path === basePath || path === `${basePath}/`))
    return { kind: 'site', status: 302 }
  if (!path.startsWith(`${basePath}/`)) return { kind: 'unknown' }
  const segments = path.slice(basePath.length).split('/')
  const known = paths.find(
    ({ pattern }) =>
      pattern.length === segments.length && pattern.every((part, index) => fits(part, segments[index] ?? '')),
  )
  if (known === undefined) return { kind: 'unknown' }
  const operation = known.operations.get(method === 'HEAD' ? 'GET' : method)
  return operation ? { kind: 'operation', operation } : { kind: 'wrong-method' }
}

const fits = (part: string, segment: string) => (part.startsWith('{') ? segment !== '' : part === decoded(segment))

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

const expectStatus = ({ status }: Answer, ...expected: readonly number[]) =>
  expected.includes(status) ? [] : [`in place of ${expected}`]

function checkWrongMethod(asked: Asked, answer: Answer, problem: CheckValue): string[] {
  const allow = answer.headers.allow === undefined ? ['no Allow'] : []
  if (asked.method === 'OPTIONS') return [...expectStatus(answer, 204), ...allow]
  return [...expectStatus(answer, 405), ...allow, ...checkProblem(answer, asked.method, problem)]
}

/** A problem document (RFC 9457) of this status. */
function checkProblem(answer: Answer, method: string, problem: CheckValue): string[] {
  if (answer.headers['content-type'] !== 'application/problem+json') return ['no problem document']
  if (method === 'HEAD') return []
  const value = jsonOrNone(answer.body)
  const isOfStatus = Reflect.get(Object(value), 'status') === answer.status
  return [...problem(value), ...(isOfStatus ? [] : ['another status inside'])]
}

/** 500 is a defect of the mock unless it was asked for. */
function checkServerError({ headers }: Asked, { status }: Answer, faults: readonly FaultStep[]): string[] {
  const isAsked = headers.some(([name, value]) => name.toLowerCase() === 'prefer' && value.includes(String(status)))
  if (status < 500 || isAsked || faults.some((fault) => fault.status === status)) return []
  return ['an internal error']
}

function checkLength(method: string, { status, headers, body }: Answer): string[] {
  const announced = headers['content-length']
  if (status === 204) return announced === undefined && body.length === 0 ? [] : ['a 204 with a body']
  if (method === 'HEAD' || status === 304) return body.length === 0 ? [] : ['a body where none may be']
  return Number(announced) === body.length ? [] : [`Content-Length ${announced} of ${body.length} bytes`]
}

/** A key is asked for before anything else is looked at, but after faults and preferences. */
function checkKey(
  { headers, method }: Asked,
  { status }: Answer,
  { secured, id }: OperationRules,
  faults: readonly FaultStep[],
): string[] {
  const isRight = headers.some(([name, value]) => name.toLowerCase() === 'api_key' && value === KEY)
  const isSteered = faults.length > 0 || headers.some(([name]) => name.toLowerCase() === 'prefer')
  if (isSteered || method === 'OPTIONS') return []
  if (secured && !isRight && status !== 401) return [`${id} without its key`]
  return (isRight || !secured) && status === 401 ? ['a 401 in spite of the key'] : []
}

function checkDocumented(
  asked: Asked,
  answer: Answer,
  operation: OperationRules,
  faults: readonly FaultStep[],
): string[] {
  const { status } = answer
  const documented =
    operation.responses.get(String(status)) ?? (status === 200 ? operation.responses.get('default') : undefined)
  if (documented === undefined) return ['undocumented']
  return [...checkHeaders(documented, asked, answer), ...checkBody(documented, asked, answer, faults)]
}

function checkHeaders({ headers: documented }: ResponseRules, asked: Asked, { headers }: Answer): string[] {
  const isAsked = asked.headers.some(([name]) => name.toLowerCase() === 'prefer')
  const isKnown = (name: string) =>
    TRANSPORT.test(name) || documented.has(name) || (isAsked && name === 'preference-applied')
  const foreign = Object.keys(headers).filter((name) => !isKnown(name))
  const missing = [...documented].filter(
    ([name, { required, published }]) => (required || published) && headers[name] === undefined,
  )
  return [...foreign.map((name) => `the header ${name}`), ...missing.map(([name]) => `no header ${name}`)]
}

function checkBody(
  { content }: ResponseRules,
  { method }: Asked,
  answer: Answer,
  faults: readonly FaultStep[],
): string[] {
  const type = answer.headers['content-type']
  if (content.size === 0) return type === undefined && answer.body.length === 0 ? [] : ['a body that is not documented']
  const form = content.get(type ?? '')
  if (form === undefined) return [`the media type ${type}`]
  if (method === 'HEAD' || faults.some(({ kind }) => kind === 'malformed' || kind === 'break-schema')) return []
  try {
    return form.check(readValue(type ?? '', answer.body, form))
  } catch (error) {
    return [`a body that cannot be read: ${error}`]
  }
}

function readValue(type: string, body: Buffer, form: ContentRules): unknown {
  if (type.endsWith('json')) return parseJson(body)
  const text = textOf(body)
  return type === 'application/xml' ? readXmlValue(text, form) : text
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const textOf = (body: Buffer) => UTF_8.decode(body)
const parseJson = (body: Buffer): unknown => JSON.parse(textOf(body))

/** The value; undefined if the body is no JSON. */
function jsonOrNone(body: Buffer): unknown {
  try {
    return parseJson(body)
  } catch {
    return undefined
  }
}
