import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import {
  ACCEPTS,
  body as anyBody,
  target as anyTarget,
  QUERIES,
  ROUTES,
} from '../properties/any-request.test.support.ts'
import { type FaultStep, faultInput } from './faults.ts'
import { FIELDS, form, INHERITED, multipart, petXml, record, segmentWord, word } from './words.ts'

/** A request, and the door that it takes. */
export interface RequestStep {
  readonly kind: 'request'
  readonly door: 'socket' | 'fetch'
  readonly method: string
  readonly target: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Buffer | undefined
}

/** One step of a run. `broken` are bytes that need be no HTTP; `call` is in-process control of a session. */
export type Step =
  | RequestStep
  | { readonly kind: 'broken'; readonly bytes: Buffer }
  | { readonly kind: 'call'; readonly session: string; readonly call: Call }

/** In-process control, as data. */
export type Call =
  | {
      readonly name: 'take' | 'restore' | 'remove' | 'diff' | 'get' | 'validate' | 'end' | 'standing'
      readonly on: string
    }
  | { readonly name: 'advance'; readonly by: number }
  | { readonly name: 'reset' | 'clear' | 'export' | 'exports' | 'coverage' }
  | { readonly name: 'fault'; readonly input: { readonly steps: readonly FaultStep[] } }

/** Sessions that get faults: everywhere else an answer is never spoiled. */
export const FAULTY = ['faulty', 'valueOf']
const SESSIONS = ['s1', 's2', '__proto__', 'constructor', ...FAULTY, ...FAULTY]
const BAD_SESSIONS = ['no id!', '', 'é', 'a'.repeat(129), '%2e']

type Pair = readonly [name: string, value: string]
const none = fc.constant<readonly Pair[]>([])
const pair = (name: string, value: fc.Arbitrary<string>) => value.map((text): readonly Pair[] => [[name, text]])
const oneOf = (...weighted: readonly (readonly [weight: number, arbitrary: fc.Arbitrary<readonly Pair[]>])[]) =>
  fc.oneof(...weighted.map(([weight, arbitrary]) => ({ weight, arbitrary })))

const key = oneOf(
  [12, fc.constant([['api_key', 'special-key']] as const)],
  [1, pair('api_key', fc.constantFrom('wrong', '', 'Special-Key', ...INHERITED))],
  [1, none],
  [1, fc.constant([['Authorization', 'Bearer special-key']] as const)],
  [1, fc.constant([['Cookie', 'api_key=special-key']] as const)],
)
const accept = oneOf(
  [3, none],
  [3, pair('Accept', fc.constantFrom(...ACCEPTS))],
  [
    1,
    pair(
      'Accept',
      fc.constantFrom('constructor', 'text/html, */*;q=0', 'application/xml;q=0.9,application/json;q=0.1', '*/*;q=x'),
    ),
  ],
)
const prefer = oneOf(
  [12, none],
  [
    2,
    pair(
      'Prefer',
      fc
        .tuple(
          fc.constantFrom('code', 'wait', 'example', 'return', ...INHERITED),
          fc.constantFrom(
            '200',
            '400',
            '401',
            '404',
            '405',
            '429',
            '500',
            '503',
            '0.001',
            'bare',
            'none',
            'sold',
            '"x',
            ...INHERITED,
          ),
        )
        .map(([name, value]) => `${name}=${name === 'wait' && /^\d{3}$/.test(value) ? '0' : value}`),
    ),
  ],
)
const CODINGS: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  gzip: (bytes) => gzipSync(bytes),
  deflate: (bytes) => deflateSync(bytes),
  br: (bytes) => brotliCompressSync(bytes),
}
const coding = oneOf(
  [14, none],
  [
    1,
    pair('Content-Encoding', fc.constantFrom('gzip', 'deflate', 'br', 'identity', 'GZIP', 'gzip, gzip', ...INHERITED)),
  ],
)
/** With OPTIONS, a preflight. */
const PREFLIGHT: readonly Pair[] = [
  ['Origin', 'http://a.example'],
  ['Access-Control-Request-Method', 'PUT'],
]

const extra = oneOf(
  [10, none],
  [
    1,
    fc
      .tuple(fc.constantFrom(...INHERITED), fc.constantFrom('x', ...INHERITED))
      .map(([name, value]) => [[name, value]] as const),
  ],
  [
    1,
    fc.constantFrom<readonly Pair[]>(
      ...[
        ['Expect', '100-continue'],
        ['Origin', 'http://a.example'],
        ['If-None-Match', '*'],
        ['Range', 'bytes=0-1'],
        ['Upgrade', 'websocket'],
        ['Connection', 'close'],
        ['X-HTTP-Method-Override', 'DELETE'],
      ].map((one) => [one as unknown as Pair]),
      PREFLIGHT,
    ),
  ],
)

/** A session, by path, header or cookie; `prefix` goes before the target. */
interface Where {
  readonly prefix: string
  readonly headers: readonly Pair[]
}
const inPath = (id: string): Where => ({ prefix: `/s/${id}`, headers: [] })
const inHeader = (id: string): Where => ({ prefix: '', headers: [['X-Mock-Session', id]] })
const inCookie = (id: string): Where => ({ prefix: '', headers: [['Cookie', `a=b; x-mock-session=${id}`]] })
const where = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Where>({ prefix: '', headers: [] }) },
  {
    weight: 16,
    arbitrary: fc
      .tuple(fc.constantFrom(inPath, inHeader, inCookie), fc.constantFrom(...SESSIONS))
      .map(([by, id]) => by(id)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(inPath, inHeader, inCookie), fc.constantFrom(...BAD_SESSIONS))
      .map(([by, id]) => by(id)),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(...SESSIONS), fc.constantFrom(...SESSIONS)).map(
      ([one, two]): Where => ({
        prefix: `/s/${one}`,
        headers: [...inHeader(two).headers, ...inCookie('s1').headers],
      }),
    ),
  },
)

const asBytes = (text: fc.Arbitrary<string>) => text.map((value) => Buffer.from(value))
const users = fc.array(record(FIELDS.user), { maxLength: 3 }).map((items) => `[${items}]`)
const JSON_BODIES: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'PUT /domain': record(FIELDS.pet),
  'POST /domain': record({ name: FIELDS.domain.name }),
  'POST /store/order': record(FIELDS.domain),
  'POST /user': record(FIELDS.user),
  'POST /user/createWithList': users,
  'PUT /user/{}': record(FIELDS.user),
}
const BODIES: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'application/xml': petXml,
  'application/x-www-form-urlencoded': form,
  'multipart/form-data; boundary=b': multipart,
}
const TYPES = [
  'application/json; charset=utf-8',
  'APPLICATION/JSON',
  'application/json; charset=utf-16',
  'application/json; constructor=1',
  'text/xml',
  'multipart/form-data',
  'multipart/form-data; boundary=__proto__',
  ...INHERITED,
]

/** A body as the operation takes it, cut, of any other kind, or none. */
function bodyOf(operation: string, type: string | undefined): fc.Arbitrary<Buffer | undefined> {
  const right = JSON_BODIES[type === 'application/json' ? operation : ''] ?? BODIES[type ?? '']
  if (right === undefined) return fc.option(anyBody, { nil: undefined, freq: 4 })
  const bytes = asBytes(right)
  return fc.oneof(
    { weight: 8, arbitrary: bytes },
    { weight: 1, arbitrary: fc.tuple(bytes, fc.nat(60)).map(([whole, length]) => whole.subarray(0, length)) },
    {
      weight: 1,
      arbitrary: fc.tuple(bytes, fc.nat(), fc.nat(255)).map(([whole, at, byte]) => withByte(whole, at, byte)),
    },
    { weight: 1, arbitrary: anyBody },
  )
}

function withByte(whole: Buffer, at: number, byte: number): Buffer {
  const copy = Buffer.from(whole)
  if (copy.length > 0) copy[at % copy.length] = byte
  return copy
}

const typeOf = (right: string | undefined): fc.Arbitrary<readonly Pair[]> =>
  oneOf(
    [right ? 12 : 1, right ? fc.constant([['Content-Type', right]] as const) : none],
    [1, pair('Content-Type', fc.constantFrom(...TYPES))],
    [1, none],
  )

const query = fc.oneof(
  { weight: 2, arbitrary: fc.constant('') },
  { weight: 2, arbitrary: fc.constantFrom(...QUERIES, '?username=user1&password=x', '?api_key=special-key') },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.tuple(fc.constantFrom('status', 'tags', 'username', 'password', 'merged', ...INHERITED), word), {
        maxLength: 3,
      })
      .map((pairs) => `?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`),
  },
)
const door = fc.constantFrom<RequestStep['door']>('socket', 'fetch')

/** Puts a request together; the body is compressed if its Content-Encoding says so, four times in five. */
function toStep([by, place, method, path, headers, content, isCoded]: readonly [
  RequestStep['door'],
  Where,
  string,
  string,
  readonly (readonly Pair[])[],
  Buffer | undefined,
  boolean,
]): RequestStep {
  const all = [...place.headers, ...headers.flat()]
  const named = all.find(([name]) => name === 'Content-Encoding')?.[1] ?? ''
  const encode = isCoded && Object.hasOwn(CODINGS, named) ? CODINGS[named] : undefined
  return {
    kind: 'request',
    door: by,
    method,
    target: place.prefix + path,
    headers: all,
    body: content && encode ? encode(content) : content,
  }
}
const isCoded = fc.integer({ min: 0, max: 4 }).map((number) => number > 0)

/** A request to one operation of the API, often a valid one. */
const ofOperation = fc.constantFrom(...ROUTES).chain(([method, path, type]) => {
  const spelling = fc.oneof(
    { weight: 20, arbitrary: fc.constant((text: string) => text) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        (text: string) => `${text}/`,
        (text: string) => text.toUpperCase(),
        (text: string) => text.replace(/[a-z]/g, (letter) => (letter === 'o' ? '%6F' : letter)),
        (text: string) => `/${text}`,
      ),
    },
  )
  const filled = fc
    .tuple(segmentWord, spelling, query)
    .map(([value, spell, search]) => `/v2${spell(path.replace('{}', value))}${search}`)
  const verb = fc.oneof(
    { weight: 14, arbitrary: fc.constant<string>(method) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'GET',
        'HEAD',
        'POST',
        'PUT',
        'DELETE',
        'OPTIONS',
        'PATCH',
        'PROPFIND',
        'TRACE',
        'QUERY',
      ),
    },
  )
  return fc
    .tuple(
      door,
      where,
      verb,
      filled,
      fc.tuple(key, accept, prefer, coding, extra, typeOf(type)),
      bodyOf(`${method} ${path}`, type),
      isCoded,
    )
    .map(toStep)
})

/** Any method on any path near those of the document. */
const nearby = fc
  .tuple(
    door,
    where,
    fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'CONNECT'),
    fc.oneof(
      anyTarget,
      fc.tuple(segmentWord, query).map(([name, search]) => `/v2/${name}${search}`),
    ),
    fc.tuple(key, accept, prefer, coding, extra, typeOf('application/json')),
    fc.option(anyBody, { nil: undefined }),
    isCoded,
  )
  .map(toStep)

const CONTROL_ROUTES = [
  ...[
    'GET /health',
    'GET /ready',
    'GET /state',
    'GET /snapshots',
    'GET /clock',
    'GET /sessions',
    'GET /coverage',
    'GET /faults',
    'GET /faults/unmet',
    'POST /reset',
    'DELETE /faults',
    'GET /openapi.yaml',
  ],
  ...[
    'DELETE /requests',
    'DELETE /requests',
    'DELETE /requests',
    'GET /requests',
    'GET /requests/har',
    'GET /requests/curl',
    'GET /requests/jest',
  ],
  ...[
    'POST /snapshots/{}',
    'POST /snapshots/{}',
    'GET /snapshots/{}',
    'DELETE /snapshots/{}',
    'POST /snapshots/{}/restore',
    'POST /snapshots/{}/restore',
    'GET /snapshots/{}/diff',
  ],
  ...[
    'GET /state/{}',
    'GET /state/pets',
    'GET /state/users',
    'POST /domains/{}/validate',
    'GET /sessions/{}',
    'DELETE /sessions/{}',
    'GET /faults/{}',
    'DELETE /faults/{}',
    'GET /{}',
  ],
]
const pack = fc
  .oneof(fc.constantFrom('default', 'empty', 'one', 'long-text', 'unicode', 'bare'), word)
  .map((name) => `{"pack":${JSON.stringify(name)}}`)
const names = fc.dictionary(word, word, { maxKeys: 2 })
const criteria = fc
  .record(
    {
      operationId: word,
      method: fc.constantFrom('GET', 'POST', 'constructor'),
      path: word,
      headers: names,
      query: names,
      body: fc.array(fc.record({ pointer: word.map((text) => `/${text}`), equals: fc.oneof(word, fc.json()) }), {
        maxLength: 2,
      }),
      status: fc.integer({ min: 199, max: 500 }),
    },
    { requiredKeys: [] },
  )
  .map((value) => JSON.stringify(value))
const collection = (name: string, fields: Parameters<typeof record>[0]) =>
  fc.array(record(fields), { maxLength: 3 }).map((items) => `"${name}":[${items}]`)
const state = fc
  .tuple(
    collection('pets', FIELDS.pet),
    collection('users', FIELDS.user),
    collection('domains', FIELDS.domain),
    collection('orders', FIELDS.domain),
    fc.constantFrom(
      '',
      '',
      ',"counters":{"order":3,"domain":9}',
      ',"constructor":{}',
      ',"counters":{"order":9007199254740991,"domain":9007199254740991}',
    ),
  )
  .map(([pets, usersOf, domains, orders, others]) => `{${[pets, usersOf, domains, orders].join(',')}${others}}`)
const CONTROL_BODIES: readonly (readonly [route: string, content: fc.Arbitrary<string>])[] = [
  ['PUT /state', state],
  ['PUT /state/pets', fc.array(record(FIELDS.pet), { maxLength: 3 }).map((items) => `[${items}]`)],
  ['PUT /state/users', users],
  ['PUT /state/{}', users],
  ['POST /reset', pack],
  ['PUT /sessions/{}', pack],
  [
    'PUT /clock',
    fc
      .record(
        {
          now: fc.constantFrom('2031-01-01T00:00:00Z', '2031-02-30T00:00:00Z', '1969-12-31T23:59:60Z', 'constructor'),
          advance: fc.integer({ min: -100_000, max: 100_000 }),
          frozen: fc.boolean(),
        },
        { requiredKeys: [] },
      )
      .map((value) => JSON.stringify(value)),
  ],
  ['POST /requests/find', criteria],
  ['POST /requests/count', criteria],
  [
    'POST /requests/verify',
    fc.oneof(
      fc.tuple(criteria, fc.nat(3)).map(([request, count]) => `{"request":${request},"atLeast":${count}}`),
      fc.array(criteria, { maxLength: 3 }).map((list) => `{"inOrder":[${list}]}`),
    ),
  ],
]

const control = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(...CONTROL_ROUTES)
      .chain((route) => controlStep(route, fc.option(anyBody, { nil: undefined, freq: 8 }))),
  },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(...CONTROL_BODIES)
      .chain(([route, content]) =>
        controlStep(route, fc.oneof({ weight: 9, arbitrary: asBytes(content) }, { weight: 1, arbitrary: anyBody })),
      ),
  },
)
function controlStep(route: string, content: fc.Arbitrary<Buffer | undefined>): fc.Arbitrary<RequestStep> {
  const [method = '', path = ''] = route.split(' ')
  const filled = fc
    .tuple(
      fc.oneof(segmentWord, fc.constantFrom(...SESSIONS, 'pets', 'users', 'orders', 'domains')),
      fc.oneof({ weight: 8, arbitrary: fc.constant('') }, { weight: 1, arbitrary: query }),
    )
    .map(([value, search]) => `/__admin${path.replace('{}', value)}${search}`)
  return fc
    .tuple(
      door,
      where,
      fc.oneof(
        { weight: 15, arbitrary: fc.constant(method) },
        { weight: 1, arbitrary: fc.constantFrom('PUT', 'HEAD', 'OPTIONS', 'PATCH') },
      ),
      filled,
      fc.tuple(key, accept, coding, extra, typeOf('application/json')),
      content,
      isCoded,
    )
    .map(toStep)
}

/** A fault, over the control plane and in a session of its own kind. */
const fault = fc
  .tuple(
    door,
    fc.tuple(fc.constantFrom(inPath, inHeader, inCookie), fc.constantFrom(...FAULTY)).map(([by, id]) => by(id)),
    faultInput,
  )
  .map(([by, place, input]) =>
    toStep([
      by,
      place,
      'POST',
      '/__admin/faults',
      [[['Content-Type', 'application/json']]],
      Buffer.from(JSON.stringify(input)),
      false,
    ]),
  )

const HOST = 'Host: localhost\r\n'
const BROKEN_HEADS = [
  'GET /v2/pet/1\r\n\r\n',
  'GET /v2/pet/1 HTTP/1.1\r\n\r\n',
  `GET /v2/pet/1 HTTP/9.9\r\n${HOST}\r\n`,
  `GET /v2/pet/1 HTTP/1.0\r\n\r\n`,
  `constructor /v2/pet/1 HTTP/1.1\r\n${HOST}\r\n`,
  `GET /v2/pet/1 HTTP/1.1\r\n${HOST}Content-Length: x\r\n\r\n`,
  `POST /v2/user HTTP/1.1\r\n${HOST}Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}`,
  `POST /v2/user HTTP/1.1\r\n${HOST}Content-Type: application/json\r\nContent-Length: 50\r\n\r\n{"username":"cut`,
  `POST /v2/user HTTP/1.1\r\n${HOST}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"use\r\nzz\r\n`,
  `POST /v2/user HTTP/1.1\r\n${HOST}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n__proto__: 1\r\n\r\n`,
  `POST /v2/user HTTP/1.1\r\n${HOST}Content-Type: application/json\r\nContent-Length: 10485761\r\n\r\n{}`,
  `POST /v2/user HTTP/1.1\r\n${HOST}Transfer-Encoding: constructor\r\n\r\n{}`,
  `GET /v2/pet/1 HTTP/1.1\r\n${HOST}Host: other\r\n\r\n`,
  `GET /v2/pet/1 HTTP/1.1\r\n${HOST}__proto__ : x\r\n\r\n`,
  `GET /v2/pet/1 HTTP/1.1\r\n${HOST}A: ${'x'.repeat(17_000)}\r\n\r\n`,
  `GET http://localhost/v2/pet/1 HTTP/1.1\r\n${HOST}\r\n`,
  `OPTIONS * HTTP/1.1\r\n${HOST}\r\n`,
  `CONNECT localhost:80 HTTP/1.1\r\n${HOST}\r\n`,
  `GET /v2/pet/1 HTTP/1.1\r\n${HOST}api_key: special-key\r\napi_key: special-key\r\n\r\n`,
  `GET /v2/user/user1 HTTP/1.1\r\n${HOST}\r\nGET /v2/user/logout HTTP/1.1\r\n${HOST}\r\n`,
  `GET /v2/user/user1 HTTP/1.1\r\n${HOST}\r\nBROKEN\r\n\r\n`,
  `GET /v2/user/user1 HTTP/1.1\r\n${HOST}Expect: 100-continue\r\nContent-Length: 2\r\n\r\n`,
]
/** Bytes near those of HTTP, of which one may have another value or the end may be missing. */
const broken = fc
  .tuple(
    fc.constantFrom(...BROKEN_HEADS),
    fc.option(fc.tuple(fc.nat(), fc.nat(255))),
    fc.option(fc.nat(120), { freq: 3 }),
  )
  .map(([head, change, cut]): Step => {
    const bytes = Buffer.from(head)
    const changed = change ? withByte(bytes, change[0], change[1]) : bytes
    return { kind: 'broken', bytes: cut === null ? changed : changed.subarray(0, cut) }
  })

const call = fc.oneof(
  fc.record({
    name: fc.constantFrom('take', 'take', 'restore', 'remove', 'diff', 'get', 'validate', 'standing'),
    on: word,
  }),
  fc.record({ name: fc.constant('end'), on: fc.constantFrom(...SESSIONS) }),
  fc.record({ name: fc.constant('advance'), by: fc.integer({ min: -1000, max: 1000 }) }),
  fc.record({ name: fc.constantFrom('reset', 'clear', 'export', 'exports', 'coverage') }),
) as fc.Arbitrary<Call>
const inProcess = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .tuple(fc.constantFrom(...SESSIONS, 'default'), call)
      .map(([session, one]): Step => ({ kind: 'call', session, call: one })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...FAULTY), faultInput)
      .map(([session, input]): Step => ({ kind: 'call', session, call: { name: 'fault', input } })),
  },
)

/** Any step. */
export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 60, arbitrary: ofOperation },
  { weight: 10, arbitrary: nearby },
  { weight: 20, arbitrary: control },
  { weight: 3, arbitrary: fault },
  { weight: 4, arbitrary: broken },
  { weight: 5, arbitrary: inProcess },
)
