import { findBreaches } from '../../src/http/answers/schema-breach.ts'
import { readJson } from '../../src/openapi/codecs/read-json.ts'
import { readXml } from '../../src/openapi/codecs/read-xml.ts'
import { rootNameOf } from '../../src/openapi/codecs/write-xml.ts'
import type { ApiDocument } from '../../src/openapi/document.ts'
import { type DocumentedResponse, type Operation, responseFor } from '../../src/openapi/operation.ts'
import type { Schema } from '../../src/openapi/schema.ts'
import { type ValueValidator, valueValidatorOf } from '../../src/openapi/validators/value-validator.ts'
import type { AnyRequest, WireAnswer } from './any-request.test.support.ts'

/** Headers of HTTP and of CORS, which no operation documents. */
const TRANSPORT = /^(date|connection|keep-alive|content-length|content-type|vary|access-control-[a-z-]+)$/

/** Lists what the document does not allow in an answer, from its bytes alone. */
export async function undocumented(
  document: ApiDocument,
  { method, target }: AnyRequest,
  answer: WireAnswer,
): Promise<string[]> {
  const path = target.split('?')[0] ?? ''
  const beside = document.operations.filter((operation) => patternOf(document, operation).test(path))
  const fixed = beside.filter((operation) => !operation.path.includes('{'))
  const known = fixed.length > 0 ? fixed : beside
  if (known.length === 0) return expectStatus(answer, 404)
  const operation = known.find((one) => one.method === (method === 'HEAD' ? 'GET' : method))
  if (operation === undefined)
    return [...expectStatus(answer, method === 'OPTIONS' ? 204 : 405), ...(answer.headers.allow ? [] : ['no Allow'])]
  const documented = responseFor(operation, answer.status)
  if (documented === undefined) return [`${operation.id} documents no ${answer.status}`]
  const validate = valueValidatorOf(document)
  return [...checkHeaders(documented, answer), ...(await checkBody(validate, documented, answer, method === 'HEAD'))]
}

function patternOf({ basePath }: ApiDocument, { path }: Operation): RegExp {
  const parts = path.split('/').map((part) => (part.startsWith('{') ? '[^/]+' : part))
  return new RegExp(`^${basePath}${parts.join('/')}$`)
}

const expectStatus = ({ status }: WireAnswer, expected: number) =>
  status === expected ? [] : [`${status} in place of ${expected}`]

function checkHeaders({ status, headers }: DocumentedResponse, answer: WireAnswer): string[] {
  const names = headers.map(({ name }) => name.toLowerCase())
  const foreign = Object.keys(answer.headers).filter((name) => !TRANSPORT.test(name) && !names.includes(name))
  const missing = headers.filter(
    ({ name, required, inferred }) => (required || !inferred) && answer.headers[name.toLowerCase()] === undefined,
  )
  return [
    ...foreign.map((name) => `${status} documents no header ${name}`),
    ...missing.map(({ name }) => `${name} is missing`),
  ]
}

async function checkBody(
  validate: ValueValidator,
  { status, content }: DocumentedResponse,
  { headers, body }: WireAnswer,
  isHead: boolean,
): Promise<string[]> {
  const type = headers['content-type']
  const schema = typeof type === 'string' ? content[type] : undefined
  if (Object.keys(content).length === 0)
    return type === undefined && body.length === 0 ? [] : [`${status} documents no body`]
  if (typeof type !== 'string' || schema === undefined) return [`${status} documents no ${type}`]
  if (isHead) return body.length === 0 ? [] : ['a body in answer to HEAD']
  const { value, faults } = read(type, body.toString('utf8'), schema)
  const breaches = await findBreaches(validate, schema, value)
  return [
    ...faults.map(({ pointer, expected }) => `${pointer} must be ${expected}`),
    ...breaches.map(({ at, expected, actual }) => `${at} must be ${expected}, not ${actual}`),
  ]
}

const read = (type: string, text: string, schema: Schema) =>
  type === 'application/xml' ? readXml(text, schema, rootNameOf(schema)) : readJson(text)
