import { connect, type Socket } from 'node:net'
import type { Answer } from '../../../src/http/answers/answer.ts'

/** Sends one request after the other over one connection, and reads answers. A tenth of the time of Node's own client. */
export interface Wire {
  /** Resolves with undefined if no whole answer comes in time. */
  readonly ask: (bytes: Buffer, method: string) => Promise<Answer | undefined>
  readonly close: () => void
}

export function openWire(port: number, patienceMs: number): Wire {
  let socket: Socket | undefined
  const open = () => {
    socket ??= connect(port, '127.0.0.1').setNoDelay(true)
    return socket
  }
  const close = () => {
    socket?.destroy()
    socket = undefined
  }
  return {
    ask: async (bytes, method) => {
      const ask = async () => {
        const answer = await exchange(open(), bytes, method, patienceMs)
        if (answer === undefined || answer === 'closed' || answer.headers.connection === 'close') close()
        return answer
      }
      const isUsed = socket !== undefined
      const first = await ask()
      // A server may close a connection between two requests, when the next one is on its way already.
      const answer = first === 'closed' && isUsed ? await ask() : first
      return answer === 'closed' ? undefined : answer
    },
    close,
  }
}

/** Resolves with 'closed' if the connection ends before any byte comes. */
function exchange(
  socket: Socket,
  bytes: Buffer,
  method: string,
  patienceMs: number,
): Promise<Answer | 'closed' | undefined> {
  return new Promise((resolve) => {
    let received: Buffer = Buffer.alloc(0)
    const settle = (answer?: Answer | 'closed') => {
      clearTimeout(timer)
      socket
        .removeAllListeners('data')
        .removeAllListeners('error')
        .removeAllListeners('close')
        .on('error', () => {})
      resolve(answer)
    }
    const timer = setTimeout(settle, patienceMs)
    const end = () => settle(received.length === 0 ? 'closed' : undefined)
    socket.on('error', end).on('close', end)
    socket.on('data', (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
      const answer = readAnswer(received, method)
      if (answer) settle(answer)
    })
    socket.write(bytes)
  })
}

const HEAD_END = Buffer.from('\r\n\r\n')

/** The answer, or undefined as long as it is not whole (RFC 9112). */
export function readAnswer(bytes: Buffer, method: string): Answer | undefined {
  const end = bytes.indexOf(HEAD_END)
  if (end < 0) return undefined
  const [first = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n')
  const status = Number(first.split(' ')[1])
  if (status < 200) return readAnswer(bytes.subarray(end + HEAD_END.length), method)
  const headers = Object.fromEntries(lines.map(readHeader))
  const hasNoBody = method === 'HEAD' || status === 204 || status === 304
  const body = hasNoBody ? Buffer.alloc(0) : readBody(bytes.subarray(end + HEAD_END.length), headers)
  return body && { status, headers, bytes: body }
}

function readHeader(line: string): [name: string, value: string] {
  const colon = line.indexOf(':')
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
}

function readBody(rest: Buffer, headers: Readonly<Record<string, string>>): Buffer | undefined {
  if (headers['transfer-encoding'] === 'chunked') return readChunks(rest)
  const length = Number(headers['content-length'] ?? 0)
  return rest.length < length ? undefined : rest.subarray(0, length)
}

function readChunks(rest: Buffer): Buffer | undefined {
  const parts: Buffer[] = []
  for (let at = 0; ; ) {
    const line = rest.indexOf('\r\n', at)
    if (line < 0) return undefined
    const size = Number.parseInt(rest.toString('latin1', at, line), 16)
    if (rest.length < line + 4 + size) return undefined
    if (size === 0) return Buffer.concat(parts)
    parts.push(rest.subarray(line + 2, line + 2 + size))
    at = line + 4 + size
  }
}
