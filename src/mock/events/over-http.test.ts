import { once } from 'node:events'
import { createServer, get, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterEach, expect, test } from '@jest/globals'
import { createMock, type Mock } from '../../index.ts'
import type { MockOptions } from '../options.ts'
import { listenTo } from './events.test.support.ts'
import { MOST_LISTENERS } from './feed.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function serve(options: MockOptions = {}) {
  const mock = createMock(options)
  const running = await mock.listen()
  closing.push(running.close)
  const { origin } = new URL(running.url)
  return { mock, origin, running, events: `${origin}/__admin/events` }
}

/** Sends headers that `fetch` may not: Host and Origin. */
async function statusOf(url: string, headers: Record<string, string>): Promise<[number, string]> {
  const sent = get(url, { headers, agent: false })
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  if (response.statusCode === 200) {
    response.destroy()
    return [200, '']
  }
  return [response.statusCode ?? 0, await text(response)]
}

/** Resolves when so many can listen, which is when those who left were noticed. */
async function untilRoom(mock: Mock): Promise<void> {
  for (;;) {
    const response = await mock.fetch('/__admin/events')
    await response.body?.cancel()
    if (response.status === 200) return
    await new Promise(setImmediate)
  }
}

test('events come over a socket', async () => {
  const { mock, events } = await serve()
  const ear = await listenTo(fetch, {}, events)
  mock.store.pets.delete(1)
  expect(await ear.events(1)).toMatchObject([{ event: 'state', data: { collections: ['pets'] } }])
  await ear.leave()
})

test('closing the mock ends the streams in order, and waits for none', async () => {
  const { running, events } = await serve()
  const ears = [await listenTo(fetch, {}, events), await listenTo(fetch, {}, events)]
  const ends = Promise.all(ears.map(({ end }) => end()))
  await running.close()
  // A connection that is closed when the time to drain is over is an error for its client.
  expect(await ends).toEqual(['ended', 'ended'])
})

test('closing one server of a mock leaves the streams of another', async () => {
  const { mock, events, running } = await serve()
  const other = await mock.listen()
  const ear = await listenTo(fetch, {}, `${new URL(other.url).origin}/__admin/events`)
  const first = await listenTo(fetch, {}, events)
  await running.close()
  expect(await first.end()).toBe('ended')
  mock.store.pets.delete(1)
  expect(await ear.events(1)).toHaveLength(1)
  await other.close()
})

test('a client that goes away leaves its place', async () => {
  const { mock, events } = await serve()
  const stop = new AbortController()
  for (let count = 0; count < MOST_LISTENERS; count++) await listenTo(fetch, { signal: stop.signal }, events)
  expect((await fetch(events)).status).toBe(503)
  stop.abort()
  await untilRoom(mock)
})

/** Characters of a body, and how many are sent: more than the system keeps for a client that reads nothing. */
const SIZE = 2_000_000
const SENT = 14

test('a client that reads nothing is cut off, and its connection with it', async () => {
  const mock = createMock()
  const server = createServer(mock.app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => {})
  socket.pause().write('GET /__admin/events HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await once(server, 'request')
  const reader = (await mock.fetch('/__admin/events')).body?.getReader()
  let received = 0
  const body = JSON.stringify({ username: 'a', firstName: 'x'.repeat(SIZE) })
  const headers = { 'Content-Type': 'application/json' }
  for (let sent = 1; sent <= SENT; sent++) {
    await mock.fetch('/v2/user', { method: 'POST', headers, body })
    while (received < sent * SIZE) received += (await reader?.read())?.value?.length ?? 0
  }
  const connections = promisify(server.getConnections.bind(server))
  for (let tries = 0; tries < 200 && (await connections()) > 0; tries++) await sleep(10)
  expect(await connections()).toBe(0)
  socket.destroy()
  server.close()
  await reader?.cancel()
})

test('HEAD takes no place', async () => {
  const { events } = await serve()
  for (let count = 0; count <= MOST_LISTENERS; count++)
    expect((await fetch(events, { method: 'HEAD' })).headers.get('Content-Type')).toBe('text/event-stream')
  const ear = await listenTo(fetch, {}, events)
  await ear.leave()
})

test.each([
  ['a page of another origin', { Origin: 'http://evil.example' }, 403],
  ['another site without CORS', { 'Sec-Fetch-Site': 'cross-site' }, 403],
  ['a name that was rebound', { Host: 'evil.example' }, 403],
])('%s hears nothing', async (_who, headers, status) => {
  const { events } = await serve()
  const [received, body] = await statusOf(events, headers)
  expect([received, body]).toEqual([status, expect.stringContaining('"detail"')])
})

test('with a token the stream asks for it, in the header that fetch can send', async () => {
  const { events } = await serve({ adminToken: 'secret-token' })
  for (const headers of [{}, { Authorization: 'Bearer other-token' }])
    expect((await statusOf(events, headers))[0]).toBe(401)
  const ear = await listenTo(fetch, { headers: { Authorization: 'Bearer secret-token' } }, events)
  await ear.leave()
})

test('a page of an allowed origin may continue a stream', async () => {
  const origin = 'http://app.example'
  const { events } = await serve({ adminOrigins: [origin] })
  const asked = { 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'last-event-id' }
  const { headers } = await fetch(events, { method: 'OPTIONS', headers: { Origin: origin, ...asked } })
  expect(headers.get('Access-Control-Allow-Headers')).toContain('Last-Event-ID')
})

test('changes of a live server in front are told', async () => {
  const live = await serve()
  const { mock, events } = await serve({ upstream: { url: live.running.url } })
  const ear = await listenTo(fetch, {}, events)
  mock.upstream?.set({ pause: true })
  expect(await ear.events(1)).toMatchObject([
    { event: 'upstream', data: { mode: 'read', pause: true, strict: false, violations: 0 } },
  ])
  await ear.leave()
})
