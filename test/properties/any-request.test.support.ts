import { once } from 'node:events'
import { Agent, type IncomingMessage, METHODS, request as send } from 'node:http'
import fc from 'fast-check'

/** A request as it goes over the wire. */
export interface AnyRequest {
  readonly method: string
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | undefined
}

/** An answer as it came over the wire. */
export interface WireAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

const JSON_TYPE = 'application/json'
/** The operations: method, path and the media type that each takes. */
export const ROUTES = [
  ['POST', '/domain', JSON_TYPE],
  ['PUT', '/domain', JSON_TYPE],
  ['PUT', '/domain', 'application/xml'],
  ['GET', '/pet/findByStatus'],
  ['GET', '/pet/findByTags'],
  ['GET', '/pet/{}'],
  ['POST', '/pet/{}', 'application/x-www-form-urlencoded'],
  ['DELETE', '/pet/{}'],
  ['POST', '/pet/{}/uploadImage', 'multipart/form-data; boundary=b'],
  ['GET', '/store/inventory'],
  ['POST', '/store/order', JSON_TYPE],
  ['GET', '/store/order/{}'],
  ['DELETE', '/store/order/{}'],
  ['POST', '/user', JSON_TYPE],
  ['POST', '/user/createWithList', JSON_TYPE],
  ['GET', '/user/login'],
  ['GET', '/user/logout'],
  ['GET', '/user/{}'],
  ['PUT', '/user/{}', JSON_TYPE],
  ['DELETE', '/user/{}'],
] as const satisfies readonly (readonly [method: string, path: string, type?: string])[]
const PATHS = [
  '/domain',
  '/pet/findByStatus',
  '/pet/findByTags',
  '/pet/{}',
  '/pet/{}/uploadImage',
  '/store/inventory',
  '/store/order',
  '/store/order/{}',
  '/user',
  '/user/createWithList',
  '/user/login',
  '/user/logout',
  '/user/{}',
  '/{}',
]
export const QUERIES = [
  '',
  '?status=sold,pending',
  '?status=solt',
  '?tags=tag1&tags=tag2',
  '?username=a&password=b',
  '?status=%zz',
]
const TYPES = [
  'application/json',
  'application/json; charset=utf-8',
  'application/xml',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=b',
  'text/plain',
  'nonsense',
]
export const ACCEPTS = [
  '*/*',
  'application/xml',
  'application/json',
  'text/html',
  'application/xml;q=0',
  'application/*;q=0.3, */*;q=0.1',
]
const FILE = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\nbytes\r\n--b--\r\n'
const BODIES = [
  '<Pet><id>1</id><name>a</name></Pet>',
  '<Pet><id>1</id><name>a</name><status>solt</status></Pet>',
  '{"id":1,"name":"a","photoUrls":[]}',
  '{"id":9007199254740993,"name":"a","photoUrls":[],"__proto__":{"a":1}}',
  '{"username":"a"}',
  '{"name":"a.example"}',
  '[{"username":"a"},{"username":" "}]',
  'name=a&status=sold',
  FILE,
  '',
]

const visible = fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)) })
/** Any character but half of a pair. The graphemes and web queries of fast-check cost seconds at the first use. */
const character = fc
  .oneof(
    fc.integer({ min: 0x20, max: 0x7e }),
    fc.integer({ min: 0, max: 0xd7ff }),
    fc.integer({ min: 0xe000, max: 0x10ffff }),
  )
  .map((code) => String.fromCodePoint(code))

/** A segment of a path as it is sent. */
export const segment = fc.oneof(
  fc.constantFrom('1', '3', 'user1', '%zz', '%00', '%2F', '%25', '-1', '9007199254740993', '007'),
  fc.integer().map(String),
  fc.string({ minLength: 1, unit: character }).map(encodeURIComponent),
)
const queryText = fc
  .array(fc.oneof(fc.constantFrom(..."abz09=&+?/:@!$'()*,;.-_~", '%20', '%2C'), character.map(encodeURIComponent)), {
    maxLength: 20,
  })
  .map((parts) => parts.join(''))

/** A path near those of the document, and a query. */
export const target = fc
  .tuple(
    fc.constantFrom('/v2', '/v2', '/v2', ''),
    fc.constantFrom(...PATHS),
    segment,
    fc.oneof(
      fc.constantFrom(...QUERIES),
      queryText.map((query) => `?${query}`),
    ),
  )
  .map(([base, path, value, query]) => base + path.replace('{}', value || '1') + query)

const optional = (name: string, value: fc.Arbitrary<string>) =>
  fc.option(value).map((text) => (text === null ? {} : { [name]: text }))
const headers = fc
  .tuple(
    fc.constantFrom({ api_key: 'special-key' }, { api_key: 'special-key' }, { api_key: 'wrong' }, {}),
    optional('accept', fc.oneof(fc.constantFrom(...ACCEPTS), visible)),
    optional(
      'content-type',
      fc.oneof({ arbitrary: fc.constantFrom(...TYPES), weight: 4 }, { arbitrary: visible, weight: 1 }),
    ),
    fc.constantFrom(
      {},
      {},
      {},
      {},
      { 'content-encoding': 'gzip' },
      { 'content-encoding': 'identity' },
      { expect: 'tea' },
    ),
  )
  .map((parts): Record<string, string> => Object.assign({}, ...parts))
/** A body of any kind, or none. */
export const body = fc.oneof(
  fc.constantFrom(undefined, ...BODIES.map((text) => Buffer.from(text))),
  fc.json().map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
)

/** Anything that Node can send, to paths near those of the document. */
const anything = fc.record({
  method: fc.oneof(
    { arbitrary: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'), weight: 9 },
    { arbitrary: fc.constantFrom(...METHODS.filter((name) => name !== 'CONNECT')), weight: 1 },
  ),
  target,
  headers,
  body,
})

/** An operation that is asked for with a key, and with a body of a type that it takes: often valid. */
const likely = fc
  .tuple(fc.constantFrom(...ROUTES), segment, fc.constantFrom(...QUERIES), fc.constantFrom(...ACCEPTS), body)
  .map(
    ([[method, path, type], value, query, accept, body]): AnyRequest => ({
      method,
      target: `/v2${path.replace('{}', value)}${query}`,
      headers: { api_key: 'special-key', accept, ...(type && { 'content-type': type }) },
      body: type ? body : undefined,
    }),
  )

/** Any request at all. */
export const anyRequest: fc.Arbitrary<AnyRequest> = fc.oneof(anything, likely)

/** Sends requests to a server over connections that are kept. */
export function createClient(port: number) {
  const agent = new Agent({ keepAlive: true })
  return {
    send: async ({ method, target: path, headers, body }: AnyRequest): Promise<WireAnswer> => {
      const length = body === undefined ? {} : { 'content-length': String(body.length) }
      const request = send({ agent, port, host: '127.0.0.1', method, path, headers: { ...headers, ...length } })
      request.end(body)
      const [response] = (await once(request, 'response')) as [IncomingMessage]
      const chunks: Buffer[] = []
      for await (const chunk of response) chunks.push(chunk as Buffer)
      return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }
    },
    close: () => agent.destroy(),
  }
}
