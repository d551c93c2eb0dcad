import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createMalformedRefusal } from './malformed.ts'

let server: Server

beforeAll(async () => {
  server = createServer((_req, res) => res.end('fine')).on('clientError', createMalformedRefusal())
  await once(server.listen(0, '127.0.0.1'), 'listening')
})

afterAll(() => {
  server.close()
  server.closeAllConnections()
})

/** Sends the bytes as they are; gives the answer once the server has ended the connection. */
async function answerTo(bytes: string): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').setEncoding('latin1')
  let answer = ''
  socket.on('data', (text) => {
    answer += text
  })
  socket.write(bytes, 'latin1')
  await once(socket, 'end')
  socket.destroy()
  return answer
}

const head = 'GET / HTTP/1.1\r\nHost: x\r\n'

test.each([
  ['no HTTP', 'BLAH\r\n\r\n', 400, 'Bad Request'],
  ['a path that is no ASCII', 'GET /\u009b HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'Bad Request'],
  ['two lengths', `${head}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`, 400, 'Bad Request'],
  ['headers without end', `${head}X: ${'a'.repeat(20_000)}\r\n\r\n`, 431, 'Request Header Fields Too Large'],
])('refuseMalformed answers %s with a problem', async (_what, bytes, status, title) => {
  const answer = await answerTo(bytes)
  const [headers = '', body = ''] = answer.split('\r\n\r\n')
  expect(headers).toMatch(new RegExp(`^HTTP/1.1 ${status} ${title}\r\n`))
  expect(headers).toContain('\r\nContent-Type: application/problem+json')
  expect(headers).toContain(`\r\nContent-Length: ${body.length}\r\n`)
  expect(JSON.parse(body)).toEqual({
    type: 'about:blank',
    title,
    status,
    detail: expect.any(String),
    errors: [{ pointer: '', expected: expect.any(String) }],
  })
})

test('refuseMalformed comes after the answer to the request before', async () => {
  const answer = await answerTo(`${head}\r\nBLAH\r\n\r\n`)
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK.*fineHTTP\/1\.1 400 Bad Request/s)
})

/** A client that was refused and keeps its side open, and the server's end of it. */
async function refusedClient() {
  const client = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', allowHalfOpen: true })
  client.on('error', () => {}).resume()
  const [[accepted]] = await Promise.all([once(server, 'connection'), once(client, 'connect')])
  client.write('BLAH\r\n\r\n')
  await once(client, 'end')
  return { client, accepted: accepted as Socket }
}

test('refuseMalformed does not wait for a client that stays', async () => {
  const { client, accepted } = await refusedClient()
  await once(accepted, 'close')
  expect(client.destroyed).toBe(false)
  client.destroy()
})

test('refuseMalformed drops a client that goes on', async () => {
  const { client, accepted } = await refusedClient()
  const errors: unknown[] = []
  accepted.on('error', (error) => errors.push(error))
  client.write('BLAH\r\n\r\n')
  await once(accepted, 'close')
  client.destroy()
  expect(errors).toEqual([])
})
