import { EventEmitter, once } from 'node:events'
import { Agent, createServer, get, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import { drainOf } from './drain.ts'

/** Longer than any test may take: what ends, ended before it. */
const NEVER = 3_600_000
const SOON = 50

const cleanUps: (() => unknown)[] = []

afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp()
})

/** A server that leaves its responses to the test: the next one comes from `reached()`. */
async function startServer(grace: number) {
  const reachable = new EventEmitter()
  const server = createServer((_req, res) => reachable.emit('reached', res))
  const drain = drainOf(server, grace)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  cleanUps.push(
    () => server.close(),
    () => server.closeAllConnections(),
  )
  const reached = async () => ((await once(reachable, 'reached')) as [ServerResponse])[0]
  return { port: (server.address() as AddressInfo).port, drain, reached }
}

function keepAlive(): Agent {
  const agent = new Agent({ keepAlive: true })
  cleanUps.push(() => agent.destroy())
  return agent
}

/** The status of an answer that was read to its end, or the code of the error. */
async function outcomeOf(port: number, agent?: Agent): Promise<number | string | undefined> {
  try {
    const request = get({ port, host: '127.0.0.1', ...(agent && { agent }) })
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    await once(response.resume(), 'end')
    return response.statusCode
  } catch (error) {
    return (error as NodeJS.ErrnoException).code
  }
}

async function connectTo(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').on('error', () => {})
  cleanUps.push(() => socket.destroy())
  await once(socket, 'connect')
  return socket
}

test('a drain lets a running request end, and its kept-alive connection with it', async () => {
  const { port, drain, reached } = await startServer(NEVER)
  const [response, outcome] = [reached(), outcomeOf(port, keepAlive())]
  const hanging = await response
  const drained = drain()
  hanging.end('late')
  expect(await outcome).toBe(200)
  await drained
})

test('a drain takes no new connection', async () => {
  const { port, drain, reached } = await startServer(NEVER)
  const [response, outcome] = [reached(), outcomeOf(port)]
  const hanging = await response
  const drained = drain()
  expect(await outcomeOf(port)).toBe('ECONNREFUSED')
  hanging.end()
  await Promise.all([drained, outcome])
})

test('a drain ends an idle kept-alive connection', async () => {
  const { port, drain, reached } = await startServer(NEVER)
  const [response, outcome] = [reached(), outcomeOf(port, keepAlive())]
  ;(await response).end()
  await outcome
  await expect(drain()).resolves.toBeUndefined()
})

test('a drain ends a connection that was never used', async () => {
  const { port, drain } = await startServer(NEVER)
  const client = await connectTo(port)
  const closed = once(client, 'close')
  await drain()
  await closed
  expect(client.destroyed).toBe(true)
})

test('a drain destroys a request that outlasts the grace', async () => {
  const { port, drain, reached } = await startServer(SOON)
  const [response, outcome] = [reached(), outcomeOf(port)]
  await response
  await drain()
  expect(await outcome).toBe('ECONNRESET')
})

test('a drain destroys a request that was never finished', async () => {
  const { port, drain } = await startServer(SOON)
  const half = await connectTo(port)
  half.write('GET / HTTP/1.1\r\nHost:')
  const closed = expect(once(half, 'close')).rejects.toThrow('ECONNRESET')
  await drain()
  await closed
})

test('a drain asked for again is the same one', async () => {
  const { drain } = await startServer(NEVER)
  const first = drain()
  expect(drain()).toBe(first)
  await first
})
