import { connect, type Socket } from 'node:net'

/** An answer as it came, whichever way. Header names are in lower case; a header that came twice is joined by a comma. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** The outcome of one request: its answers, and how the connection ended if it did. `hung` is none: nothing came in time. */
export interface Outcome {
  readonly answers: readonly Answer[]
  readonly end: 'kept' | 'closed' | 'reset' | 'hung'
  /** Bytes that are no whole answer. */
  readonly rest: string
}

/** Writes bytes to a socket and reads answers (RFC 9112) with no code but its own. An answer has so many milliseconds. */
export function createWireClient(port: number, patience: number) {
  let socket: Socket | undefined
  const open = () => {
    if (socket) return socket
    const opened = connect(port, '127.0.0.1')
      .setNoDelay(true)
      .on('error', () => {})
      .on('close', () => {
        // A server closes a connection that is idle for long.
        if (socket === opened) socket = undefined
      })
    socket = opened
    return opened
  }
  const drop = () => {
    socket?.destroy()
    socket = undefined
  }
  return {
    /** Sends one request, and reads to the end of its answer. */
    ask: async (bytes: Buffer, method: string): Promise<Outcome> => {
      const outcome = await exchange(open(), bytes, { method, halfClose: false, patience })
      if (outcome.end !== 'kept' || method === 'CONNECT' || outcome.answers[0]?.headers.connection === 'close') drop()
      return outcome
    },
    /** Sends bytes that need be no request, half-closes, and reads until the server closes the connection. */
    askBroken: async (bytes: Buffer): Promise<Outcome> => {
      const own = connect(port, '127.0.0.1').on('error', () => {})
      const outcome = await exchange(own, bytes, { method: 'GET', halfClose: true, patience })
      own.destroy()
      return outcome
    },
    close: drop,
  }
}

/** How bytes are sent: until one answer is whole, or half-closed and until the server closes too. */
interface Manner {
  readonly method: string
  readonly halfClose: boolean
  /** In milliseconds. */
  readonly patience: number
}

function exchange(socket: Socket, bytes: Buffer, { method, halfClose, patience }: Manner): Promise<Outcome> {
  return new Promise((resolve) => {
    let received: Buffer = Buffer.alloc(0)
    let read: Read = { answers: [], rest: received }
    let isReset = false
    const settle = (end: Outcome['end']) => {
      clearTimeout(timer)
      socket.off('data', take).off('close', close).off('error', fail)
      resolve({ answers: read.answers, rest: read.rest.toString('latin1'), end })
    }
    const timer = setTimeout(() => settle('hung'), patience)
    const take = (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
      read = readAnswers(received, method)
      if (!halfClose && read.answers.length > 0 && read.rest.length === 0) settle('kept')
    }
    const fail = () => {
      isReset = true
    }
    const close = () => settle(isReset ? 'reset' : 'closed')
    socket.on('data', take).on('close', close).on('error', fail)
    if (halfClose) socket.end(bytes)
    else socket.write(bytes)
  })
}

const HEAD_END = Buffer.from('\r\n\r\n')
const STATUS_LINE = /^HTTP\/1\.1 (\d{3}) [\x20-\x7e]*$/
const HEADER_LINE = /^([\w!#$%&'*+.^`|~-]+): ?([\t\x20-\x7e\x80-\xff]*)$/

/** All whole answers; interim ones (1xx) are left out. `rest` is what follows them. */
interface Read {
  readonly answers: Answer[]
  readonly rest: Buffer
}

function readAnswers(received: Buffer, method: string): Read {
  const answers: Answer[] = []
  let rest = received
  for (let next = readAnswer(rest, method); next; next = readAnswer(rest, method)) {
    if (next.answer.status >= 200) answers.push(next.answer)
    rest = rest.subarray(next.length)
  }
  return { answers, rest }
}

function readAnswer(bytes: Buffer, method: string): { readonly answer: Answer; readonly length: number } | undefined {
  const end = bytes.indexOf(HEAD_END)
  if (end < 0) return undefined
  const [first = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n')
  const status = Number(STATUS_LINE.exec(first)?.[1])
  const headers = readHeaders(lines)
  if (!status || headers === undefined) return undefined
  const start = end + HEAD_END.length
  const hasNoBody = method === 'HEAD' || status < 200 || status === 204 || status === 304
  const length = hasNoBody ? 0 : Number(headers['content-length'] ?? 0)
  if (bytes.length < start + length) return undefined
  return { answer: { status, headers, body: bytes.subarray(start, start + length) }, length: start + length }
}

function readHeaders(lines: readonly string[]): Record<string, string> | undefined {
  const headers: Record<string, string> = {}
  for (const line of lines) {
    const [, name, value] = HEADER_LINE.exec(line) ?? []
    if (name === undefined || value === undefined) return undefined
    const key = name.toLowerCase()
    headers[key] = Object.hasOwn(headers, key) ? `${headers[key]}, ${value}` : value
  }
  return headers
}
