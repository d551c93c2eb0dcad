import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, expect, test } from '@jest/globals'
import { runContract } from '../index.ts'

const closers: (() => void)[] = []
// Concurrent tests have begun before the first is over.
afterAll(() => {
  for (const close of closers.splice(0)) close()
})

/** Writes to a client whatever it likes, once the client has sent a request. */
type Peer = (socket: Socket) => void

async function listen(peer: Peer): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    socket.once('data', () => peer(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2`
}

/** Writes the head, and then the piece again and again until the client has gone. */
const endless =
  (head: string, piece: string | Buffer, everyMs = 0): Peer =>
  (socket) => {
    socket.write(head)
    const write = () => {
      if (socket.destroyed) return
      const isRoom = socket.write(piece)
      if (everyMs > 0) setTimeout(write, everyMs)
      else if (isRoom) setImmediate(write)
      else socket.once('drain', write)
    }
    write()
  }

const once =
  (...pieces: readonly (string | Buffer)[]): Peer =>
  (socket) => {
    for (const piece of pieces) socket.write(piece)
  }

const closing =
  (...pieces: readonly (string | Buffer)[]): Peer =>
  (socket) => {
    for (const piece of pieces) socket.write(piece)
    socket.end()
  }

const OK = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n'
const KILOBYTE = 'x'.repeat(1024)
const sized = (body: string | Buffer) => `Content-Length: ${body.length}\r\n\r\n`
const coded = (coding: string, body: Buffer) => once(`${OK}Content-Encoding: ${coding}\r\n${sized(body)}`, body)
const bomb = Buffer.alloc(20_000_000, ' ')

/** No peer gives the API's answers, so none may pass, and none may keep the run. */
const PEERS: readonly (readonly [what: string, peer: Peer])[] = [
  ['switches protocols', once('HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n')],
  ['switches protocols that nobody names', once('HTTP/1.1 101 Switching Protocols\r\n\r\n')],
  ['says nothing', () => {}],
  ['closes without a word', closing()],
  ['resets the connection', (socket) => socket.resetAndDestroy()],
  ['ends inside the status line', closing('HTTP/1.')],
  ['ends inside the headers', closing(`${OK}X-Half`)],
  ['stops inside the headers', once(OK)],
  ['drips headers', endless(OK, 'X-A: b\r\n', 5)],
  ['floods headers', endless(OK, `X-A: ${KILOBYTE}\r\n`)],
  ['sends a header without an end', endless(`${OK}X-A: `, KILOBYTE)],
  ['sends 100 without an end', endless('', 'HTTP/1.1 100 Continue\r\n\r\n')],
  ['drips 103', endless('', 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n', 5)],
  ['stops inside the body', once(`${OK}Content-Length: 10\r\n\r\n[`)],
  ['closes inside the body', closing(`${OK}Content-Length: 10\r\n\r\n[`)],
  ['names a length that is too short', once(`${OK}Content-Length: 1\r\n\r\n[{"id":1}]`)],
  ['names two lengths', once(`${OK}Content-Length: 2\r\nContent-Length: 3\r\n\r\n[] `)],
  ['names a negative length', once(`${OK}Content-Length: -1\r\n\r\n[]`)],
  [
    'names a length and chunks',
    once(`${OK}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n0\r\n\r\n`),
  ],
  ['drips the body', endless(`${OK}Transfer-Encoding: chunked\r\n\r\n`, '1\r\n \r\n', 5)],
  ['sends chunks without an end', endless(`${OK}Transfer-Encoding: chunked\r\n\r\n`, `400\r\n${KILOBYTE}\r\n`)],
  ['sends no last chunk', once(`${OK}Transfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n`)],
  ['sends a chunk that is no chunk', once(`${OK}Transfer-Encoding: chunked\r\n\r\nzz\r\n[]\r\n`)],
  ['sends trailers without an end', endless(`${OK}Transfer-Encoding: chunked\r\n\r\n0\r\n`, `X-A: ${KILOBYTE}\r\n`)],
  ['extends a chunk without an end', endless(`${OK}Transfer-Encoding: chunked\r\n\r\n2;`, KILOBYTE)],
  ['sends a body without an end and a length', endless(`${OK}\r\n`, KILOBYTE)],
  ['promises an exabyte', endless(`${OK}Content-Length: 1000000000000000000\r\n\r\n`, KILOBYTE)],
  ['compresses a bomb by gzip', coded('gzip', gzipSync(bomb))],
  ['compresses a bomb by deflate', coded('deflate', deflateSync(bomb))],
  ['compresses a bomb by br', coded('br', brotliCompressSync(bomb))],
  ['compresses a bomb twice', coded('gzip, gzip', gzipSync(gzipSync(bomb)))],
  ['names a thousand codings', coded('gzip,'.repeat(1000), gzipSync('[]'))],
  ['nests lists deeply', once(OK, sized('['.repeat(200_000)), '['.repeat(200_000))],
  ['nests elements deeply', once(OK.replace('json', 'xml'), sized('<a>'.repeat(70_000)), '<a>'.repeat(70_000))],
  ['lists records that are wrong', once(OK, sized(`[${'{},'.repeat(60_000)}{}]`), `[${'{},'.repeat(60_000)}{}]`)],
  ['speaks another protocol', once('220 mail.example ESMTP\r\n')],
  ['speaks TLS', once(Buffer.from('15030100020246', 'hex'))],
  ['speaks HTTP/2', once(Buffer.from('00000604000000000000050000400000', 'hex'))],
  ['answers as HTTP/0.9', closing('<h1>hello</h1>')],
  ['names status 999', once(`HTTP/1.1 999 No\r\n${sized('')}`)],
  ['names status 0', once(`HTTP/1.1 000 No\r\n${sized('')}`)],
  ['redirects in a circle', once(`HTTP/1.1 302 Found\r\nLocation: /v2/store/inventory\r\n${sized('')}`)],
  ['sends a body with 204', once('HTTP/1.1 204 No Content\r\n\r\n{"a":1}')],
  ['answers twice', once(`${OK}${sized('[]')}[]`, `${OK}${sized('[]')}[]`)],
]

const BOUNDS = { timeoutMs: 150, maxBytes: 200_001, maxMs: 3000, seed: 1, mode: 'safe', apiKey: 'special-key' } as const

test.concurrent.each(PEERS)('a peer that %s neither passes nor keeps the run', async (_what, peer) => {
  const report = await runContract({ ...BOUNDS, baseUrl: await listen(peer) })
  expect(report.verdict).not.toBe('conforms')
  expect(report.verdict === 'fails' || report.problem !== '').toBe(true)
})

test.concurrent('a stop reaches the request under way', async () => {
  const baseUrl = await listen(endless(`${OK}Transfer-Encoding: chunked\r\n\r\n`, '1\r\n \r\n', 5))
  const stop = new AbortController()
  const onRequest = () => setTimeout(() => stop.abort(), 20)
  const report = await runContract({ baseUrl, mode: 'safe', timeoutMs: 2 ** 30, onRequest, signal: stop.signal })
  expect(report).toMatchObject({ verdict: 'could-not-run', problem: 'The run was stopped before it was done.' })
})

test.concurrent('the limit of the run reaches the request under way', async () => {
  const report = await runContract({ baseUrl: await listen(() => {}), timeoutMs: 2 ** 30, maxMs: 30 })
  expect(report).toMatchObject({ verdict: 'could-not-run', problem: expect.stringContaining('--max-ms') })
})
