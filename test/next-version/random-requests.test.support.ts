import { pick, type Stream } from '../../fixtures/stream.ts'
import type { MockFetch } from '../../src/mock/doors.ts'
import type { ApiDocument } from '../../src/openapi/document.ts'
import type { Operation } from '../../src/openapi/operation.ts'
import type { Schema } from '../../src/openapi/schema.ts'
import { validValue } from '../../src/openapi/valid-value.ts'

const IDS = ['1', '2', '7', '999', '-1', 'x', 'user1', 'user2', 'nobody', '%20', '9007199254740993']
const WRONG = [null, true, '', 'x', 0, -1, 1.5, [], {}, 2 ** 53]
const ACCEPTS = ['application/json', 'application/xml', '*/*', 'text/csv', 'application/problem+json']

/** A request that is valid as a rule, and wrong in one place now and then. */
export async function sendRandom(fetch: MockFetch, document: ApiDocument, random: Stream): Promise<Response> {
  const operation = pick(random, document.operations)
  const target = `${document.basePath}${pathFor(operation, random)}${queryFor(document, operation, random)}`
  const type = pick(random, Object.keys(operation.requestBody?.content ?? { '': {} }))
  const schema = operation.requestBody?.content[type]
  const body = schema && bodyFor(document, schema, type, random)
  const rare = () => random.next() < 0.1
  const method = rare() ? pick(random, ['GET', 'PUT', 'PATCH', 'OPTIONS']) : operation.method
  return fetch(target, {
    method,
    headers: {
      ...(!rare() && { api_key: 'special-key' }),
      ...(random.next() < 0.5 && { accept: pick(random, ACCEPTS) }),
      ...headersFor(document, operation, random),
      ...(typeof body === 'string' && { 'content-type': rare() ? 'text/plain' : type }),
    },
    // A GET with a body is no request.
    ...(body !== undefined && method !== 'GET' && { body }),
  })
}

const pathFor = ({ path }: Operation, random: Stream) => path.replaceAll(/\{[^{}]+\}/g, () => pick(random, IDS))

function queryFor(document: ApiDocument, { parameters }: Operation, random: Stream): string {
  const pairs = parameters
    .filter(({ in: place, required }) => place === 'query' && (required || random.next() < 0.5))
    .filter(() => random.next() < 0.95)
    .map(({ name, schema }) => [name, [valueFor(document, schema, random)].flat().join(',')] as [string, string])
  return pairs.length > 0 ? `?${new URLSearchParams(pairs)}` : ''
}

function headersFor(document: ApiDocument, { parameters }: Operation, random: Stream): Record<string, string> {
  const given = parameters.filter(({ in: place, name }) => place === 'header' && name !== 'api_key')
  return Object.fromEntries(
    given.map(({ name, schema }) => [name, encodeURIComponent(String(valueFor(document, schema, random)))]),
  )
}

function valueFor(document: ApiDocument, schema: Schema, random: Stream): unknown {
  if (random.next() < 0.1) return pick(random, WRONG)
  const source = { document, prefix: pick(random, ['user', 'a', '']), seed: Math.floor(random.next() * 20) }
  return validValue({ ...source, trusted: new Set() }, schema)
}

/** Fields are left out or wrong now and then. */
function bodyFor(document: ApiDocument, schema: Schema, type: string, random: Stream): string | FormData {
  const whole = valueFor(document, schema, random)
  const entries = Object.entries(Object(whole)).filter(() => random.next() < 0.95)
  const value =
    schema.type === 'object'
      ? Object.fromEntries(entries.map(([name, field]) => [name, random.next() < 0.05 ? pick(random, WRONG) : field]))
      : whole
  if (type === 'application/x-www-form-urlencoded')
    return String(
      new URLSearchParams(
        Object.entries(Object(value)).map(([name, field]) => [name, String(field)] as [string, string]),
      ),
    )
  if (type !== 'multipart/form-data') return JSON.stringify(value) ?? ''
  const form = new FormData()
  for (const [name, field] of Object.entries(Object(value))) form.append(name, String(field))
  return form
}
