import { expect, test } from '@jest/globals'
import type { Fetch, SentRequest } from '../../http/transport/transport.ts'
import { createMock, type FaultStep } from '../../index.ts'
import { openFetchTransport } from './fetch-transport.ts'

const KEY = { api_key: 'special-key' }
const JSON_TYPE = { 'Content-Type': 'application/json' }

const REQUESTS: readonly SentRequest[] = [
  { method: 'GET', path: '/pet/1', headers: KEY },
  { method: 'HEAD', path: '/pet/1', headers: { ...KEY, Accept: 'application/xml' } },
  { method: 'GET', path: '/pet/../store/inventory?a=%20 b', headers: KEY },
  { method: 'GET', path: '/store/inventory', headers: { api_key: ' special-key' } },
  { method: 'GET', path: '/store/inventory', headers: { api_key: 'other', API_KEY: 'special-key' } },
  { method: 'OPTIONS', path: '/pet/1', headers: {} },
  { method: 'TRACE', path: '/pet/1', headers: KEY },
  { method: 'GET', path: '/pet/1', headers: KEY, body: Buffer.from('{}') },
  { method: 'POST', path: '/user', headers: JSON_TYPE, body: Buffer.from('{"username":"Zoë"}') },
  { method: 'POST', path: '/user', headers: JSON_TYPE, body: Buffer.alloc(0) },
  { method: 'POST', path: '/user', headers: { ...JSON_TYPE, 'Content-Encoding': 'x' }, body: Buffer.from('{}') },
  { method: 'DELETE', path: '/user/Zo%C3%AB', headers: {} },
  { method: 'POST', path: '/user', headers: { ...JSON_TYPE, 'X-Name': 'Zo\u00eb' }, body: Buffer.from('{}') },
]

const BOUNDS = { timeoutMs: 1000, maxBytes: 10_000 }

/** The answers of a mock of its own, with the bodies as text. */
async function answersBy(wrapped: (fetch: Fetch) => Fetch) {
  const mock = createMock({ seed: 1, clock: { now: () => 0 } })
  const { send } = openFetchTransport(wrapped(mock.fetch), 'http://127.0.0.1:4010/v2', BOUNDS)
  const answers: unknown[] = []
  for (const request of REQUESTS) {
    const { answer, failure } = await send(request)
    answers.push({ ...answer, bytes: answer?.bytes.toString(), isFailed: failure !== '' })
  }
  return answers
}

test('a mock that is asked directly answers as its fetch does', async () => {
  expect(await answersBy((fetch) => fetch)).toEqual(await answersBy((fetch) => (url, init) => fetch(url, init)))
})

test.each<[FaultStep, boolean]>([
  [{ kind: 'reset' }, true],
  [{ kind: 'truncated' }, true],
  [{ kind: 'slow-body', ms: 20, chunks: 4 }, false],
])('the fault %j comes as with fetch', async (step, isBroken) => {
  const mock = createMock()
  mock.faults.add({ match: { operationId: 'getInventory' }, steps: [step] })
  const { send } = openFetchTransport(mock.fetch, 'http://127.0.0.1:4010/v2', BOUNDS)
  const { answer, failure } = await send({ method: 'GET', path: '/store/inventory', headers: KEY })
  expect([answer === undefined, failure !== '']).toEqual([isBroken, isBroken])
  if (!isBroken) expect(JSON.parse(String(answer?.bytes))).toMatchObject({ available: expect.any(Number) })
})
