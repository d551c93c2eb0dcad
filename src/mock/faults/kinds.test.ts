import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { createMock, type FaultStep, type Running } from '../../index.ts'
import { parseXml, readXml } from '../../openapi/codecs/read-xml.ts'
import { loadDocument } from '../../openapi/load-document.ts'
import { type Operation, type OperationId, responseFor } from '../../openapi/operation.ts'
import { pathOf } from '../../openapi/package-files.ts'
import { validationOf } from '../validation/validation.ts'
import { BREAK_WAYS } from './break-value.ts'
import { announced, askRaw } from './raw.test.support.ts'

const document = loadDocument(pathOf('openapi.yaml'))
const mock = createMock()
let running: Running
beforeAll(async () => {
  running = await mock.listen()
})
afterAll(() => running.close())
afterEach(() => {
  mock.reset()
  expect(mock.defects).toEqual([])
})

const MEDIA = ['application/json', 'application/xml']

/** One request that meets a fault of one step. */
function meet(
  step: FaultStep,
  operationId: OperationId = 'getPetById',
  path = '/v2/pet/1',
  accept = 'application/json',
) {
  mock.faults.add({ match: { operationId }, steps: [step] })
  return askRaw(running.port, path, { Accept: accept })
}

const usual = (accept = 'application/json') => askRaw(running.port, '/v2/pet/1', { Accept: accept })

const REFUSALS = document.operations.flatMap((operation) =>
  Object.keys(operation.responses)
    .filter((status) => Number(status) >= 400)
    .map((status) => [`${operation.id} ${status}`, operation, Number(status)] as const),
)

test.each(REFUSALS)('status: %s is refused as the document says', async (_name, operation, status) => {
  mock.faults.add({ match: { operationId: operation.id as OperationId }, steps: [{ kind: 'status', status }] })
  const url = `${running.url}${operation.path.replaceAll(/\{\w+\}/g, '1')}`
  const response = await fetch(url, { method: operation.method })
  expect(response.status).toBe(status)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect(await response.json()).toMatchObject({ status, detail: expect.any(String) })
})

test('status: Retry-After and a detail are given where they are asked for', async () => {
  const { head, body } = await meet({ kind: 'status', status: 503, retryAfter: 7, detail: 'Gone fishing.' })
  expect(head).toMatch(/^HTTP\/1\.1 503 .*\r\nRetry-After: 7\r\n/s)
  expect(JSON.parse(body)).toMatchObject({ detail: 'Gone fishing.' })
})

test('status: one that is not documented is sent where it is asked for plainly, and nothing is done', async () => {
  const step = { kind: 'status', status: 418, undocumented: true, body: { tea: true } } as const
  mock.faults.add({ match: { operationId: 'deletePet' }, steps: [step] })
  const response = await fetch(`${running.url}/pet/1`, { method: 'DELETE' })
  expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
    418,
    'application/json',
    '{"tea":true}',
  ])
  expect(mock.store.pets.get(1)).toBeDefined()
})

test.each([
  ['fixed', { ms: 40 }],
  ['uniform', { min: 40, max: 60 }],
  ['lognormal', { median: 50, sigma: 0 }],
])('delay: %s waits, and answers as usual', async (_form, form) => {
  const before = await usual()
  const started = performance.now()
  const { body } = await meet({ kind: 'delay', ...form })
  expect(performance.now() - started).toBeGreaterThan(38)
  expect(body).toBe(before.body)
})

test('slow-body: the body comes in chunks, and whole', async () => {
  const before = await usual()
  const { body, pieces, closed } = await meet({ kind: 'slow-body', ms: 60, chunks: 3 })
  expect(pieces.length).toBeGreaterThanOrEqual(3)
  expect([body, closed]).toEqual([before.body, 'end'])
})

test('reset: the connection is reset before a byte came, and nothing is done', async () => {
  mock.faults.add({ match: { operationId: 'deletePet' }, steps: [{ kind: 'reset' }] })
  await expect(fetch(`${running.url}/pet/1`, { method: 'DELETE' })).rejects.toMatchObject({
    cause: { code: 'ECONNRESET' },
  })
  expect(mock.store.pets.get(1)).toBeDefined()
  expect(await meet({ kind: 'reset' })).toEqual({ head: '', body: '', pieces: [], closed: 'ECONNRESET' })
})

test('reset-in-body: the connection is reset after half of the body', async () => {
  const before = await usual()
  const raw = await meet({ kind: 'reset-in-body' })
  expect(announced(raw)).toBe(before.body.length)
  expect([raw.body, raw.closed]).toEqual([before.body.slice(0, Math.floor(before.body.length / 2)), 'ECONNRESET'])
})

test('empty-reply: the connection is closed without a byte, also over a body that was not read', async () => {
  expect(await meet({ kind: 'empty-reply' })).toEqual({ head: '', body: '', pieces: [], closed: 'end' })
  mock.faults.add({ match: { operationId: 'createUser' }, steps: [{ kind: 'empty-reply' }] })
  const body = JSON.stringify({ username: 'x'.repeat(1_000_000) })
  const headers = { 'Content-Type': 'application/json' }
  await expect(fetch(`${running.url}/user`, { method: 'POST', headers, body })).rejects.toMatchObject({
    cause: { code: 'UND_ERR_SOCKET' },
  })
})

test.each([
  ['reset-in-body', 'ECONNRESET'],
  ['truncated', 'end'],
] as const)(
  '%s sends nothing of a response without a body, whose client would meet the break later',
  async (kind, closed) => {
    mock.faults.add({ steps: [{ kind }] })
    expect(await askRaw(running.port, '/v2/user/logout')).toEqual({ head: '', body: '', pieces: [], closed })
    mock.faults.add({ steps: [{ kind }] })
    await expect(mock.fetch('http://localhost/v2/user/logout')).rejects.toThrow(TypeError)
  },
)

test('truncated: half of the announced body comes, then the connection is closed', async () => {
  const before = await usual()
  const raw = await meet({ kind: 'truncated' })
  expect(announced(raw)).toBe(before.body.length)
  expect([raw.body, raw.closed]).toEqual([before.body.slice(0, Math.floor(before.body.length / 2)), 'end'])
})

test.each<[string, OperationId, string]>([
  ['an object', 'getPetById', '/v2/pet/1'],
  ['a list', 'findPetsByStatus', '/v2/pet/findByStatus?status=sold'],
  ['a text', 'loginUser', '/v2/user/login?username=a&password=b'],
])('malformed: %s is whole and no JSON, and no XML', async (_what, operationId, path) => {
  for (const type of MEDIA) {
    const raw = await meet({ kind: 'malformed' }, operationId, path, type)
    expect(raw.head).toContain(`Content-Type: ${type}`)
    expect(announced(raw)).toBe(Buffer.byteLength(raw.body))
    if (type === 'application/json') expect(() => JSON.parse(raw.body)).toThrow(SyntaxError)
    else expect(parseXml(raw.body)).toMatch('well-formed XML')
  }
})

/** Requests that get the success of each operation that has a body. */
const SUCCESSES: Readonly<Record<string, string>> = {
  findPetsByStatus: '/v2/pet/findByStatus?status=sold',
  findPetsByTags: '/v2/pet/findByTags?tags=nobody',
  getPetById: '/v2/pet/1',
  getInventory: '/v2/store/inventory',
  getOrderById: '/v2/store/order/1',
  loginUser: '/v2/user/login?username=a&password=b',
  getUserByName: '/v2/user/user1',
}

/** True if a body conforms to the operation's success, as a client sees it. */
async function conforms(operation: Operation, type: string, body: string): Promise<boolean> {
  const schema = responseFor(operation, 200)?.content[type]
  if (!schema) throw new Error(`${operation.id} has no ${type}.`)
  const read = type === 'application/xml' ? readXml(body, schema) : { value: JSON.parse(body) as unknown, faults: [] }
  const headers = { 'X-Rate-Limit': '1', 'X-Expires-After': '2030-01-01T00:00:00Z' }
  const reply = { status: 200, value: read.value, ...(operation.id === 'loginUser' && { headers }) }
  if (read.faults.length > 0) return false
  try {
    await validationOf(document).reply(operation, reply, type)
    return true
  } catch {
    return false
  }
}

describe('break-schema', () => {
  const cases = (Object.keys(SUCCESSES) as OperationId[]).flatMap((id) => BREAK_WAYS.map((way) => [id, way] as const))
  test.each(cases)('%s, %s: the body breaks the document, or the fault is refused', async (id, way) => {
    const operation = document.operations.find((candidate) => candidate.id === id) as Operation
    for (const type of Object.keys(responseFor(operation, 200)?.content ?? {})) {
      const path = SUCCESSES[id] ?? ''
      const before = await askRaw(running.port, path, { Accept: type })
      expect(await conforms(operation, type, before.body)).toBe(true)
      const refusal = {
        violations: [{ pointer: '/body/steps/0/way', expected: expect.stringContaining(POSSIBLE[id]?.[0] ?? '') }],
      }
      const broken = POSSIBLE[id]?.includes(way) ? await meet({ kind: 'break-schema', way }, id, path, type) : undefined
      if (broken) expect(broken.head).toMatch(/^HTTP\/1\.1 200 /)
      if (broken)
        expect([type, broken.body, await conforms(operation, type, broken.body)]).toEqual([type, broken.body, false])
      else expect(refusalOf({ kind: 'break-schema', way }, id)).toMatchObject(refusal)
    }
  })

  const PET_WAYS = ['missing-required', 'wrong-type', 'null', 'enum']
  const POSSIBLE: Readonly<Record<string, readonly string[]>> = {
    findPetsByStatus: PET_WAYS,
    findPetsByTags: PET_WAYS,
    getPetById: [...PET_WAYS, 'wrong-root'],
    getInventory: ['wrong-type', 'null', 'wrong-root'],
    getOrderById: ['wrong-root'],
    loginUser: ['wrong-root'],
    getUserByName: ['wrong-type', 'null', 'wrong-root'],
  }

  test('a refusal stays as it is', async () => {
    const { body } = await meet({ kind: 'break-schema', way: 'enum' }, 'getPetById', '/v2/pet/999')
    expect(JSON.parse(body)).toMatchObject({ status: 404 })
  })
})

function refusalOf(step: FaultStep, operationId: OperationId): unknown {
  try {
    return mock.faults.add({ match: { operationId }, steps: [step] })
  } catch (error) {
    return error
  }
}

describe('rate-limit', () => {
  test('requests beyond the limit wait for the session’s clock', async () => {
    const { clock, faults } = mock.session('default')
    faults.add({ match: { operationId: 'getPetById' }, steps: [{ kind: 'rate-limit', limit: 2, window: 60_000 }] })
    const codes = async (n: number) => {
      const heads = []
      for (let i = 0; i < n; i++) heads.push((await usual()).head)
      return heads.map((head) => head.slice(9, 12))
    }
    expect(await codes(3)).toEqual(['200', '200', '429'])
    clock.advance(58_500)
    const { head } = await usual()
    expect(head).toMatch(/^HTTP\/1\.1 429 .*\r\nRetry-After: 2\r\nX-Rate-Limit: 2\r\n/s)
    clock.advance(1_500)
    expect(await codes(3)).toEqual(['200', '200', '429'])
    clock.advance(-3_600_000)
    expect(await codes(1)).toEqual(['200'])
  })

  test('an answer that documents the limit tells this one', async () => {
    const path = '/v2/user/login?username=a&password=b'
    const { head } = await meet({ kind: 'rate-limit', limit: 9, window: 1000 }, 'loginUser', path)
    expect(head).toContain('X-Rate-Limit: 9\r\n')
  })
})

test.each(['malformed', 'truncated', 'reset-in-body'] as const)('%s is refused where there is no body', (kind) => {
  expect(refusalOf({ kind }, 'deletePet')).toMatchObject({
    status: 400,
    violations: [{ pointer: '/body/steps/0/kind' }],
  })
})
