import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { quantile } from './statistics.ts'

/** What a server did under load. Latencies are in milliseconds. */
export interface Load {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  /** The server's CPU time for a request in microseconds; NaN where the system does not tell. */
  readonly cpu: number
}

/** How hard a server is asked: so many connections, each with one request at a time, for so many milliseconds. */
export interface Pressure {
  readonly connections: number
  readonly milliseconds: number
}

/** A server process and where it listens on loopback. */
export interface Target {
  readonly port: number
  readonly pid: number
}

/**
 * Asks the same request over and over, or each connection its own one. The sockets are raw so that the client costs less
 * than any server: on a machine of two cores a client of node:http would be what is measured. Rejects where an answer is
 * not a 2XX.
 */
export async function load(
  { port, pid }: Target,
  request: Buffer | ((connection: number) => Buffer),
  pressure: Pressure,
): Promise<Load> {
  const requestOf = typeof request === 'function' ? request : () => request
  const sockets = await Promise.all(Array.from({ length: pressure.connections }, () => open(port)))
  const cpuBefore = cpuMicroseconds(pid)
  const started = performance.now()
  const until = started + pressure.milliseconds
  const latencies = (await Promise.all(sockets.map((socket, index) => ask(socket, requestOf(index), until)))).flat()
  const milliseconds = performance.now() - started
  for (const socket of sockets) socket.destroy()
  return {
    perSecond: (latencies.length / milliseconds) * 1000,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    cpu: (cpuMicroseconds(pid) - cpuBefore) / latencies.length,
  }
}

async function open(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  return socket
}

/** One request after the other on one connection; resolves with their latencies. */
function ask(socket: Socket, request: Buffer, until: number): Promise<number[]> {
  const latencies: number[] = []
  return new Promise((resolve, reject) => {
    let sent = performance.now()
    const isWhole = createReader()
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('The server closed a connection under load.')))
    socket.on('data', (chunk) => {
      if (!isWhole(chunk)) return
      const now = performance.now()
      latencies.push(now - sent)
      if (now >= until) return resolve(latencies)
      sent = now
      socket.write(request)
    })
    socket.write(request)
  })
}

/** Tells, chunk by chunk, when an answer is whole: by its Content-Length, or by the last chunk of a chunked one. */
function createReader(): (chunk: Buffer) => boolean {
  let missing: number | undefined
  let tail = ''
  return (chunk) => {
    const head = missing === undefined && tail === '' ? readHead(chunk) : undefined
    if (head?.length !== undefined) missing = head.length + head.end
    if (missing === undefined) tail = (tail + chunk.toString('latin1', Math.max(0, chunk.length - 7))).slice(-7)
    else missing -= chunk.length
    const whole = missing === undefined ? tail.endsWith('\r\n0\r\n\r\n') : missing <= 0
    if (whole) [missing, tail] = [undefined, '']
    return whole
  }
}

/** The head's end and the body's length; no length where it is chunked. Heads are small and come in one chunk. */
function readHead(chunk: Buffer): { readonly end: number; readonly length?: number } {
  const end = chunk.indexOf('\r\n\r\n') + 4
  const head = chunk.toString('latin1', 0, end)
  if (!head.startsWith('HTTP/1.1 2')) throw new Error(`Under load came: ${chunk.toString('utf8').slice(0, 500)}`)
  const [, length] = /\r\ncontent-length: *(\d+)/i.exec(head) ?? []
  return length === undefined ? { end } : { end, length: Number(length) }
}

/** The CPU time of a process, as Linux tells it: in hundredths of a second. */
function cpuMicroseconds(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) * 10_000
  } catch {
    return Number.NaN
  }
}
