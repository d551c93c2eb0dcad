import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { expect, test } from '@jest/globals'
import { openWire } from './wire.ts'

const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'
const REQUEST = Buffer.from('GET / HTTP/1.1\r\n\r\n')

/** Asks a server three times, which gets the number of the request on its connection. */
async function askThrice(answer: (socket: Socket, number: number) => void) {
  const server = createServer((socket) => {
    let number = 0
    socket.on('error', () => {}).on('data', () => answer(socket, ++number))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const wire = openWire((server.address() as AddressInfo).port, 5000)
  const texts: (string | undefined)[] = []
  for (let time = 0; time < 3; time++) texts.push((await wire.ask(REQUEST, 'GET'))?.bytes.toString())
  wire.close()
  server.close()
  return texts
}

test('a server may close a connection between two requests', async () => {
  const texts = await askThrice((socket, number) => (number === 1 ? socket.write(ANSWER) : socket.destroy()))
  expect(texts).toEqual(['ok', 'ok', 'ok'])
})

test('a server that closes a new connection, or in the middle of an answer, does not answer', async () => {
  expect(await askThrice((socket) => void socket.destroy())).toEqual([undefined, undefined, undefined])
  const cut = await askThrice((socket, number) =>
    number === 1 ? socket.write(ANSWER) : socket.end(ANSWER.slice(0, 20)),
  )
  expect(cut).toEqual(['ok', undefined, 'ok'])
})
