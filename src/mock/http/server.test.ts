import { once } from 'node:events'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from '@jest/globals'
import express from 'express'
import { createMock } from '../../index.ts'
import { type ListenOptions, listen, type Running } from './server.ts'

const started: Running[] = []

afterEach(async () => {
  for (const running of started.splice(0)) await running.close()
})

async function startServer(options: Partial<ListenOptions> = {}): Promise<Running> {
  const app = express().get(['/v2/now', '/now'], (_req, res) => {
    res.send('now')
  })
  const running = await listen(app, { host: '127.0.0.1', port: 0, ...options })
  started.push(running)
  return running
}

const hasIPv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === '::1'),
)
const ipv6 = hasIPv6
  ? ([
      ['::1', '[::1]', false],
      ['::', '[::1]', true],
    ] as const)
  : []

test.each([['127.0.0.1', '127.0.0.1', false], ['0.0.0.0', '127.0.0.1', true], ...ipv6] as const)(
  'listen on %s answers at %s, exposed: %p',
  async (host, shown, exposed) => {
    const running = await startServer({ host })
    expect(running).toMatchObject({ url: `http://${shown}:${running.port}/v2`, exposed })
    expect((await fetch(`${running.url}/now`)).status).toBe(200)
  },
)

/** Containers often have no IPv6; the mock then listens on 127.0.0.1 alone. */
const withIPv6 = hasIPv6 ? test : test.skip

withIPv6('listen on 127.0.0.1 answers at ::1 too, and close ends both', async () => {
  const { port, close } = await startServer()
  expect((await fetch(`http://[::1]:${port}/now`)).status).toBe(200)
  await close()
  await expect(fetch(`http://[::1]:${port}/now`)).rejects.toThrow('fetch failed')
})

withIPv6('listen rejects if another server has its port at ::1: clients of localhost would meet that one', async () => {
  const { port } = await startServer({ host: '::1' })
  await expect(startServer({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  expect(await startServer({ host: '127.0.0.2', port })).toMatchObject({ port })
})

test('listen gives the url the base path it is told', async () => {
  const running = await startServer({ basePath: '' })
  expect(running.url).toBe(`http://127.0.0.1:${running.port}`)
  expect((await fetch(`${running.url}/now`)).status).toBe(200)
})

test('listen rejects with the error of a port in use', async () => {
  const { port } = await startServer()
  await expect(startServer({ port })).rejects.toMatchObject({ code: 'EADDRINUSE', syscall: 'listen' })
})

test('listen rejects with the error of a host that is not of this machine', async () => {
  await expect(startServer({ host: '192.0.2.1' })).rejects.toMatchObject({ code: 'EADDRNOTAVAIL', syscall: 'listen' })
})

test('listen answers a request that Node cannot read with a problem', async () => {
  const { url } = await startServer()
  const response = await fetch(`${url}/now`, { headers: { 'x-large': 'a'.repeat(20_000) } })
  expect(response.status).toBe(431)
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
})

/** Sends the bytes as they are; gives the answer's first line and body once the server has ended the connection. */
async function answerTo(port: number, bytes: string): Promise<[line: string, body: string]> {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8')
  let answer = ''
  socket.on('data', (text) => {
    answer += text
  })
  socket.write(bytes)
  await once(socket, 'end')
  socket.destroy()
  const [head = '', body = ''] = answer.split('\r\n\r\n')
  return [head.split('\r\n')[0] ?? '', body]
}

test('listen refuses HTTP/1.1 without a Host with a problem, and takes HTTP/1.0 without', async () => {
  const { port } = await startServer()
  const [line, body] = await answerTo(port, 'GET /now HTTP/1.1\r\n\r\n')
  expect(line).toBe('HTTP/1.1 400 Bad Request')
  expect(JSON.parse(body)).toMatchObject({ status: 400, errors: [{ expected: expect.stringContaining('Host') }] })
  expect(await answerTo(port, 'GET /now HTTP/1.0\r\n\r\n')).toEqual(['HTTP/1.1 200 OK', 'now'])
})

test.each([
  ['an Expect that nobody knows', 'GET /now HTTP/1.1\r\nExpect: tea\r\n', '200 OK'],
  ['CONNECT to a path', 'CONNECT /now HTTP/1.1\r\n', '404 Not Found'],
  ['CONNECT to a host', 'CONNECT now:443 HTTP/1.1\r\n', '404 Not Found'],
])('listen leaves %s to the app', async (_what, request, status) => {
  const { port } = await startServer()
  const [line] = await answerTo(port, `${request}Host: x\r\nConnection: close\r\n\r\n`)
  expect(line).toBe(`HTTP/1.1 ${status}`)
})

test.each([1, 3])(
  'a CONNECT behind %i requests whose answers are on their way is answered after them',
  async (count) => {
    const mock = createMock()
    mock.faults.add({ match: { operationId: 'getPetById' }, steps: [{ kind: 'delay', ms: 20 }] })
    const { port, close } = await mock.listen()
    const socket = connect(port, '127.0.0.1').setEncoding('utf8')
    socket.write(`${'GET /v2/pet/1 HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(count)}CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n`)
    const answer = await text(socket)
    await close()
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual([...Array(count).fill('HTTP/1.1 401'), 'HTTP/1.1 404'])
  },
)

test.each(['http://', 'http://[::1/v2/pet/1', 'x:80', '*', '//', '/v2x'])(
  'a mock that listens answers %s with a problem',
  async (target) => {
    const { port, close } = await createMock().listen()
    const method = target === 'x:80' ? 'CONNECT' : 'GET'
    const [line, body] = await answerTo(port, `${method} ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
    await close()
    expect(line).toBe('HTTP/1.1 404 Not Found')
    expect(JSON.parse(body)).toMatchObject({ status: 404, errors: [{ pointer: '/path' }] })
  },
)

test('close stops the server, and may be asked for again', async () => {
  const running = await startServer()
  const first = running.close()
  expect(running.close()).toBe(first)
  await first
  await expect(fetch(`${running.url}/now`)).rejects.toThrow()
})
