import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import supertest from 'supertest'
import { createMock } from './index.ts'

const METHODS = ['get', 'post', 'put', 'delete', 'patch', 'head', 'options'] as const
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
const TYPES = [
  'application/json',
  'application/xml',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=b',
  'text/plain',
  'nonsense',
]

const anyRequest = fc.record({
  method: fc.constantFrom(...METHODS),
  path: fc
    .tuple(
      fc.constantFrom(...PATHS),
      fc.oneof(fc.integer().map(String), fc.string({ minLength: 1 }), fc.constantFrom('1', '%zz', '%00', 'user1')),
    )
    .map(([path, value]) => path.replace('{}', value.startsWith('%') ? value : encodeURIComponent(value))),
  query: fc.oneof(
    fc.constant(''),
    fc.webQueryParameters().map((query) => `?${query}`),
    fc.constantFrom('?status=sold', '?tags=tag1', '?username=a&password=b'),
  ),
  accept: fc.constantFrom('*/*', 'application/xml', 'application/json', 'text/html', 'application/xml;q=0'),
  key: fc.constantFrom('special-key', 'special-key', 'wrong'),
  type: fc.constantFrom(...TYPES),
  body: fc.oneof(
    fc.json(),
    fc.string(),
    fc.constantFrom(
      '<Pet><id>1</id><name>a</name></Pet>',
      '{"id":1,"name":"a","photoUrls":[]}',
      '{"username":"a"}',
      'name=a&status=sold',
      '',
    ),
  ),
})

type AnyRequest = typeof anyRequest extends fc.Arbitrary<infer Value> ? Value : never

function ask(mock: ReturnType<typeof createMock>, { method, path, query, accept, key, type, body }: AnyRequest) {
  const request = supertest(mock.app)
    [method](`/v2${path}${query}`)
    .set({ accept, api_key: key })
    .buffer(true)
    .parse(asText)
  return ['get', 'head', 'options'].includes(method) ? request : request.set('content-type', type).send(body)
}

function asText(res: unknown, done: (error: Error | null, text: string) => void): void {
  const chunks: Buffer[] = []
  const stream = res as NodeJS.ReadableStream
  stream.on('data', (chunk: Buffer) => chunks.push(chunk))
  stream.on('end', () => done(null, Buffer.concat(chunks).toString('utf8')))
}

test('any request gets a documented answer and no 5xx', async () => {
  const mock = createMock()
  await fc.assert(
    fc.asyncProperty(anyRequest, async (request) => {
      const { status } = await ask(mock, request)
      expect(status).toBeLessThan(500)
    }),
    { numRuns: 400 },
  )
  expect(mock.defects).toEqual([])
})

test('the same seed and the same requests give the same bytes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), fc.array(anyRequest, { maxLength: 12 }), async (seed, requests) => {
      expect(await record(seed, requests)).toEqual(await record(seed, requests))
    }),
    { numRuns: 15 },
  )
})

async function record(seed: number, requests: readonly AnyRequest[]) {
  const mock = createMock({ seed })
  const answers = []
  for (const request of requests) {
    const { status, headers, body } = await ask(mock, request)
    const { connection, ...kept } = headers as Record<string, string>
    answers.push({ status, headers: kept, body: body as unknown })
  }
  return answers
}

test('a rejected request changes nothing', async () => {
  const mock = createMock()
  const snapshot = () => [
    ...mock.store.pets.values(),
    ...mock.store.users.values(),
    ...mock.store.domains.values(),
    ...mock.store.orders.values(),
  ]
  await fc.assert(
    fc.asyncProperty(anyRequest, async (request) => {
      const before = snapshot()
      const { status } = await ask(mock, request)
      if (status >= 400) expect(snapshot()).toEqual(before)
    }),
    { numRuns: 200 },
  )
})
