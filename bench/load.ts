import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { quantile } from './statistics.ts'

/** Measurements of a server under load. Latencies are in milliseconds. */
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
  const asking = sockets.map((socket, index) => askUntil(until, requestOf(index), socket, port))
  const latencies = (await Promise.all(asking)).flat()
  const milliseconds = performance.now() - started
  return {
    perSecond: (latencies.length / milliseconds) * 1000,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    cpu: (cpuMicroseconds(pid) - cpuBefore) / latencies.length,
  }
}

/** Asks on one connection, and on another where the server says that it ends the one; resolves with the latencies. */
async function askUntil(until: number, request: Buffer, first: Socket, port: number): Promise<number[]> {
  const latencies: number[] = []
  for (let socket = first; ; socket = await open(port)) {
    await ask(socket, request, until, latencies)
    socket.destroy()
    if (performance.now() >= until) return latencies
  }
}

async function open(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  return socket
}

/** One request after the other on one connection; adds their latencies. */
function ask(socket: Socket, request: Buffer, until: number, latencies: number[]): Promise<void> {
  return new Promise((resolve, reject) => {
    let sent = performance.now()
    const read = createReader()
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('The server closed a connection under load.')))
    socket.on('data', (chunk) => {
      const progress = read(chunk)
      if (progress === 'part') return
      const now = performance.now()
      latencies.push(now - sent)
      if (now >= until || progress === 'last') return resolve()
      sent = now
      socket.write(request)
    })
    socket.write(request)
  })
}

/** How far an answer has come. After the last one the server ends the connection, as nginx does after 1,000 requests. */
type Progress = 'part' | 'whole' | 'last'

/** Tells, chunk by chunk, when an answer is whole: by its Content-Length, or by the last chunk of a chunked one. */
function createReader(): (chunk: Buffer) => Progress {
  let missing: number | undefined
  let tail = ''
  let isLast = false
  return (chunk) => {
    const head = missing === undefined && tail === '' ? readHead(chunk) : undefined
    if (head?.length !== undefined) missing = head.length + head.end
    isLast ||= head?.isLast ?? false
    if (missing === undefined) tail = (tail + chunk.toString('latin1', Math.max(0, chunk.length - 7))).slice(-7)
    else missing -= chunk.length
    const whole = missing === undefined ? tail.endsWith('\r\n0\r\n\r\n') : missing <= 0
    if (!whole) return 'part'
    missing = undefined
    tail = ''
    return isLast ? 'last' : 'whole'
  }
}

/** The head's end and the body's length; no length where it is chunked. Heads are small and come in one chunk. */
function readHead(chunk: Buffer): { readonly end: number; readonly isLast: boolean; readonly length?: number } {
  const end = chunk.indexOf('\r\n\r\n') + 4
  const head = chunk.toString('latin1', 0, end)
  if (!head.startsWith('HTTP/1.1 2')) throw new Error(`Under load came: ${chunk.toString('utf8').slice(0, 500)}`)
  const [, length] = /\r\ncontent-length: *(\d+)/i.exec(head) ?? []
  const isLast = /\r\nconnection: *close\r\n/i.test(head)
  return { end, isLast, ...(length !== undefined && { length: Number(length) }) }
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
