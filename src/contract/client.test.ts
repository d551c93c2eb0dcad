import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import { type ClientOptions, createClient } from './client.ts'
import { GuardError } from './guard.ts'
import { RunEnded } from './run-ended.ts'

const REQUEST = { method: 'GET', path: '/a', headers: {} }
const NOW = Date.UTC(2030, 0, 1)

const cleanUps: (() => void)[] = []
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp()
})

/** A client of a server that gives each answer in turn, and 200 to all further requests. */
async function clientOf(
  answers: readonly [status: number, retryAfter?: string][],
  options: Partial<ClientOptions> = {},
) {
  const queue = [...answers]
  const server = createServer((_request: IncomingMessage, response: ServerResponse) => {
    const [status, retryAfter] = queue.shift() ?? [200]
    response.writeHead(status, retryAfter === undefined ? {} : { 'Retry-After': retryAfter }).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const client = createClient({
    baseUrl: `http://127.0.0.1:${port}`,
    guard: () => true,
    timeoutMs: 2000,
    maxBytes: 10_000,
    waitBudgetMs: 300,
    now: () => NOW,
    ...options,
  })
  cleanUps.push(client.close, () => server.close())
  return client
}

test.each<[string, number, string]>([
  ['a number of seconds', 503, '0'],
  ['a date that is past', 429, 'Mon, 31 Dec 2029 23:59:59 GMT'],
])('a request that is put off by %s is sent again', async (_what, status, retryAfter) => {
  const client = await clientOf([[status, retryAfter]])
  expect((await client.send(REQUEST)).answer?.status).toBe(200)
  expect([client.requests(), client.waits()]).toEqual([2, 1])
})

test.each<[string, number, string | undefined, string]>([
  ['a date beyond the budget', 503, 'Tue, 01 Jan 2030 00:01:00 GMT', 'puts requests off (503'],
  ['seconds beyond the budget', 429, '60', 'limits requests (429)'],
  ['a 429 that says nothing', 429, undefined, 'Send fewer: --rate 1/s'],
])('a request that is put off by %s ends the run, and passes for nothing', async (_what, status, after, sentence) => {
  const { send } = await clientOf([[status, ...(after === undefined ? [] : [after])] as [number, string?]])
  const sent = send(REQUEST)
  await expect(sent).rejects.toThrow(RunEnded)
  await expect(sent).rejects.toThrow(sentence)
})

test('a server that always puts off is not asked for ever', async () => {
  const always: [number, string][] = Array.from({ length: 100 }, () => [503, '0'])
  const client = await clientOf(always)
  await expect(client.send(REQUEST)).rejects.toThrow(RunEnded)
  expect(client.requests()).toBeLessThan(10)
})

test('answered requests earn the time for further waits', async () => {
  const sometimes: [number, string?][] = Array.from({ length: 240 }, (_, turn) => (turn % 6 === 0 ? [503, '0'] : [200]))
  const client = await clientOf(sometimes, { waitBudgetMs: 12 })
  for (let turn = 0; turn < 200; turn += 1) expect((await client.send(REQUEST)).answer?.status).toBe(200)
  expect(client.waits()).toBe(40)
})

test('a 503 that does not say when to come back is an answer', async () => {
  const { send } = await clientOf([[503]])
  expect((await send(REQUEST)).answer?.status).toBe(503)
})

test('a stop ends a wait', async () => {
  const stop = new AbortController()
  const client = await clientOf([[503, '9']], { waitBudgetMs: 60_000, signal: stop.signal })
  const sent = client.send(REQUEST)
  setTimeout(() => stop.abort(), 50)
  await expect(sent).rejects.toThrow()
})

test('what the guard forbids does not go out', async () => {
  const client = await clientOf([], { guard: () => false })
  await expect(client.send(REQUEST)).rejects.toThrow(GuardError)
  expect(client.requests()).toBe(0)
})

test('a server that listens no more is said to be gone, with the request after which it was', async () => {
  const server = createServer((_request, response) => {
    server.close()
    server.closeIdleConnections()
    response.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const bounds = { guard: () => true, timeoutMs: 2000, maxBytes: 10_000, waitBudgetMs: 300, now: () => NOW }
  const client = createClient({ baseUrl: `http://127.0.0.1:${port}`, ...bounds })
  cleanUps.push(client.close)
  const request = { method: 'GET', path: '/user/login?password=secret', headers: { Accept: '/', api_key: 'secret' } }
  expect((await client.send(request)).answer).toBeUndefined()
  const second = client.send(REQUEST)
  await expect(second).rejects.toThrow(
    'nothing listens there since GET /user/login with Accept: / (connection refused)',
  )
  await expect(second).rejects.not.toThrow('secret')
})

test('a server that a request on a kept connection ends is said to be gone since that request', async () => {
  const server = createServer((request, response) => {
    if (request.method === 'GET') return void response.end('1')
    server.close()
    request.socket.resetAndDestroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const bounds = { guard: () => true, timeoutMs: 2000, maxBytes: 10_000, waitBudgetMs: 300, now: () => NOW }
  const client = createClient({ baseUrl: `http://127.0.0.1:${port}`, ...bounds })
  cleanUps.push(client.close)
  expect((await client.send(REQUEST)).answer?.status).toBe(200)
  const ending = client.send({ method: 'POST', path: '/user', headers: {}, body: Buffer.from('{}') })
  await expect(ending).rejects.toThrow('nothing listens there since POST /user')
})
