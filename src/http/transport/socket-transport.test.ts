import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { expect, test } from '@jest/globals'
import { openSocketTransport } from './socket-transport.ts'

/** A server that answers 204 once the body has ended, and keeps the bytes that came. */
async function startEar(): Promise<{ url: string; heard: () => string; close: () => void }> {
  const sockets: Socket[] = []
  let heard = ''
  const server = createServer((socket) => {
    sockets.push(socket)
    socket.on('data', (bytes) => {
      heard += bytes.toString('latin1')
      if (heard.endsWith('0\r\n\r\n')) socket.end('HTTP/1.1 204 No Content\r\n\r\n')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const close = () => {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
  return { url: `http://127.0.0.1:${address.port}/v2`, heard: () => heard, close }
}

test('chunks go out as the request writes them', async () => {
  const { url, heard, close } = await startEar()
  const transport = openSocketTransport(url, { timeoutMs: 2000, maxBytes: 1000 })
  const { answer, failure } = await transport.send({
    method: 'POST',
    path: '/user',
    headers: { 'Transfer-Encoding': 'chunked' },
    body: Buffer.from('0123456789a'),
    chunks: (body) => Buffer.from(`00B\r\n${Buffer.from(body)}\r\n0\r\n\r\n`),
  })
  transport.close()
  close()
  expect([answer?.status, failure]).toEqual([204, ''])
  const [head, body] = heard().split(/\r\n\r\n(.*)/s)
  expect(head).toMatch(/^POST \/v2\/user HTTP\/1\.1\r\n/)
  expect(head).toMatch(/\r\nTransfer-Encoding: chunked/i)
  expect(head).not.toMatch(/content-length/i)
  expect(body).toBe('00B\r\n0123456789a\r\n0\r\n\r\n')
})
