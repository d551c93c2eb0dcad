import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createMockCore } from '../create-mock.ts'
import { nodePlatform } from '../files/node-platform.ts'
import type { ExchangeSummary } from '../requests/exchange.ts'
import { createExpressApp } from './express-app.ts'
import { listen, type Running } from './server.ts'

const log: ExchangeSummary[] = []
let running: Running

beforeAll(async () => {
  const record = (exchange: ExchangeSummary) => void log.push(exchange)
  const mock = createMockCore({ onExchange: record }, nodePlatform)
  await mock.sessions
    .get('default')
    .faults.add({ match: { path: '/v2/user/logout' }, steps: [{ kind: 'delay', ms: 50 }] })
  running = await listen(createExpressApp(mock), { host: '127.0.0.1', port: 0, onRefused: record })
})
afterAll(() => running.close())

/** Sends the bytes as they are; gives the answers once the server has ended the connection. */
async function answersTo(bytes: string, { isCutShort = false } = {}) {
  log.length = 0
  const options = { port: running.port, host: '127.0.0.1', allowHalfOpen: isCutShort }
  const socket = connect(options).setEncoding('latin1')
  let text = ''
  socket.on('data', (part) => {
    text += part
  })
  if (isCutShort) socket.end(bytes, 'latin1')
  else socket.write(bytes, 'latin1')
  await once(socket, 'end')
  socket.destroy()
  return split(text)
}

/** Splits the answers by their lengths, so that bytes that stand in the wrong place are seen. */
function split(text: string): { status: number; headers: string; body: string }[] {
  if (text === '') return []
  const end = text.indexOf('\r\n\r\n') + 4
  const headers = text.slice(0, end)
  const [, status] = /^HTTP\/1\.1 (\d{3}) /.exec(headers) ?? []
  const [, length = 0] = /^Content-Length: (\d+)/im.exec(headers) ?? []
  const rest = end + Number(length)
  return [{ status: Number(status), headers, body: text.slice(end, rest) }, ...split(text.slice(rest))]
}

const HOST = 'Host: 127.0.0.1\r\n'
const KEY = 'api_key: special-key\r\n'
const LAST = 'Connection: close\r\n'
const ORIGIN = 'Origin: http://page.example\r\n'

test('a malformed request is answered after the requests before it', async () => {
  const slow = `GET /v2/user/logout HTTP/1.1\r\n${HOST}\r\n`
  const answers = await answersTo(`${slow}GET /v2/pet/1 HTTP/1.1\r\n${HOST}${KEY}\r\nBLAH\r\n\r\n`)
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 400])
  expect(JSON.parse(answers[1]?.body ?? '')).toMatchObject({ id: 1 })
  expect(log.map(({ status }) => status)).toEqual([200, 200, 400])
})

test('a malformed body is answered in its place', async () => {
  const chunked = `PUT /v2/domain HTTP/1.1\r\n${HOST}${KEY}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`
  const answers = await answersTo(`GET /v2/user/logout HTTP/1.1\r\n${HOST}\r\n${chunked}`)
  expect(answers.map(({ status }) => status)).toEqual([200, 405])
  expect(log.map(({ status }) => status)).toEqual([200, 405])
})

/** A head that promises more bytes than come before the client closes its half. */
const cutShort = (head: string) => `${head}\r\n${HOST}${KEY}Content-Type: application/json\r\n`
const LONG = 'Content-Length: 20000000\r\n\r\n{"id":'

test.each([
  ['413', cutShort('PUT /v2/domain HTTP/1.1') + LONG, 413],
  ['404', cutShort('POST /nothing HTTP/1.1') + LONG, 404],
  ['401', `PUT /v2/domain HTTP/1.1\r\n${HOST}Content-Length: 9\r\n\r\n{`, 401],
  ['200 of an operation without a body', `${cutShort('GET /v2/pet/1 HTTP/1.1')}Content-Length: 99\r\n\r\n{`, 200],
  ['404 in chunks', `${cutShort('PUT /nothing HTTP/1.1')}Transfer-Encoding: chunked\r\n\r\n5\r\n{"a`, 404],
  ['405 of the body itself', `${cutShort('PUT /v2/domain HTTP/1.1')}Content-Length: 99\r\n\r\n{"a`, 405],
])('a request that is cut short is answered once: %s', async (_what, bytes, status) => {
  const answers = await answersTo(bytes, { isCutShort: true })
  expect(answers.map((answer) => answer.status)).toEqual([status])
  expect(log.map((line) => line.status)).toEqual([status])
})

test.each([
  ['two Host headers', `GET /v2/pet/1 HTTP/1.1\r\n${HOST}hOST: 127.0.0.1\r\n${KEY}${ORIGIN}\r\n`],
  ['two Host headers in HTTP/1.0', `GET /v2/pet/1 HTTP/1.0\r\n${HOST}${HOST}${KEY}${ORIGIN}\r\n`],
  ['no Host header', `GET /v2/pet/1 HTTP/1.1\r\n${KEY}${ORIGIN}\r\n`],
])('%s is 400 with a problem, a line in the log, and readable for a page', async (_what, bytes) => {
  const [answer] = await answersTo(bytes)
  expect(answer?.status).toBe(400)
  expect(JSON.parse(answer?.body ?? '')).toMatchObject({ status: 400, detail: expect.stringContaining('Host') })
  expect(answer?.headers).toMatch(/Access-Control-Allow-Origin: http:\/\/page\.example\r\n/)
  expect(log).toMatchObject([{ method: 'GET', target: '/v2/pet/1', status: 400 }])
})

test.each([
  ['GET /v2/store/inventory', 400],
  ['GET /v2/pet/1', 400],
  ['GET /v2/user/logout', 400],
  ['POST /v2/pet/1', 405],
  ['GET /v2/nothing', 404],
  ['PATCH /v2/pet/1', 405],
  ['GET /__admin/state', 400],
])('a session id that cannot be used makes %s a documented %i with CORS and an instance', async (line, status) => {
  const bytes = `${line} HTTP/1.1\r\n${HOST}${KEY}X-Mock-Session: a b\r\n${line.includes('__admin') ? '' : ORIGIN}${LAST}\r\n`
  const [answer] = await answersTo(bytes)
  expect(answer?.status).toBe(status)
  expect(JSON.parse(answer?.body ?? '')).toMatchObject({ status, instance: line.split(' ')[1] })
  if (line.includes('__admin')) return
  expect(answer?.headers).toMatch(/Access-Control-Allow-Origin: http:\/\/page\.example\r\n/)
  expect(answer?.headers.includes('\r\nAllow: ')).toBe(status === 405)
  expect(log).toMatchObject([{ status, target: line.split(' ')[1] }])
})

test('a request whose session id cannot be used is in no journal', async () => {
  const { url } = running
  const at = (path: string, init?: RequestInit) => fetch(url.replace('/v2', path), init)
  await at('/__admin/requests', { method: 'DELETE' })
  await at('/v2/pet/1', { headers: { 'X-Mock-Session': 'a b' } })
  await at('/s/a%20b/v2/pet/1')
  expect(await (await at('/__admin/requests')).json()).toMatchObject({ requests: [] })
})
