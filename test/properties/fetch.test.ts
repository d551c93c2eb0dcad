import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createMock, type FaultStep, type Running } from '../../src/index.ts'
import { type AnyRequest, anyRequest } from './any-request.test.support.ts'

const REQUESTS = 10_000

/** Two mocks of one seed: one is asked over a socket, the other by its fetch. */
const overSocket = createMock({ seed: 5 })
const direct = createMock({ seed: 5 })
let running: Running

beforeAll(async () => {
  running = await overSocket.listen()
})
afterAll(() => running.close())

/** The response in the parts that must be equal, or the error's kind. Headers of the connection are left out. */
async function answerOf(asking: Promise<Response>): Promise<unknown> {
  try {
    const response = await asking
    const { status, statusText, url } = response
    const headers = Object.fromEntries(response.headers)
    for (const name of ['date', 'connection', 'keep-alive', 'transfer-encoding']) delete headers[name]
    return {
      status,
      statusText,
      path: new URL(url).pathname,
      headers,
      bytes: Buffer.from(await response.arrayBuffer()),
    }
  } catch (error) {
    return (error as Error).constructor.name
  }
}

/** Fetch refuses a body with GET and HEAD. */
function toInit({ method, headers, body }: AnyRequest): RequestInit {
  return { method, headers, ...(body && !['GET', 'HEAD'].includes(method) && { body }) }
}

/** Node's fetch sends no Expect header, and no CONNECT or TRACE. */
const isSendable = ({ method, headers }: AnyRequest) => {
  if (headers.expect !== undefined) return false
  try {
    new Request('http://mock.example', { method, headers })
    return true
  } catch {
    return false
  }
}

const SESSIONS = [
  {},
  {},
  { 'X-Mock-Session': 'other' },
  { Cookie: 'x-mock-session=third' },
  { 'X-Mock-Session': 'no id!' },
]
const STEPS: readonly FaultStep[] = [
  { kind: 'reset' },
  { kind: 'empty-reply' },
  { kind: 'truncated' },
  { kind: 'reset-in-body' },
  { kind: 'slow-body', ms: 2, chunks: 3 },
  { kind: 'malformed' },
  { kind: 'break-schema', way: 'missing-required' },
  { kind: 'status', status: 503, retryAfter: 1 },
  { kind: 'status', status: 304, undocumented: true },
  { kind: 'delay', ms: 1 },
]

test(`${REQUESTS} random requests over a socket and by fetch get equal responses`, async () => {
  const requests = fc
    .sample(fc.tuple(anyRequest, fc.constantFrom(...SESSIONS), fc.constantFrom('', '', '/s/in-path')), {
      numRuns: REQUESTS * 1.2,
      seed: 5,
    })
    .filter(([request]) => isSendable(request))
  expect(requests.length).toBeGreaterThanOrEqual(REQUESTS)
  for (const [index, [request, session, prefix]] of requests.entries()) {
    if (index % 100 === 0) {
      const step = STEPS[(index / 100) % STEPS.length]
      for (const mock of [overSocket, direct])
        if (step) mock.faults.add({ match: { operationId: 'getPetById' }, steps: [step], times: 2 })
    }
    const init = toInit({ ...request, headers: { ...request.headers, ...session } })
    const [expected, got] = await Promise.all([
      answerOf(fetch(`http://127.0.0.1:${running.port}${prefix}${request.target}`, init)),
      answerOf(direct.fetch(`https://any.example${prefix}${request.target}`, init)),
    ])
    expect({ request, got }).toEqual({ request, got: expected })
  }
  expect(direct.store.export()).toEqual(overSocket.store.export())
  expect([...direct.defects, ...overSocket.defects]).toEqual([])
}, 600_000)
