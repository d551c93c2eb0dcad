import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'

/** How long a client may take to read why it was refused, in milliseconds. */
const LAST_WORDS = 500

type Refusal = readonly [status: number, detail: string, expected: string]

const NOT_HTTP: Refusal = [
  400,
  'This is not a well-formed HTTP/1.1 request. Look at its first line, headers and length.',
  'a well-formed HTTP/1.1 request',
]

const NO_HOST: Refusal = [
  400,
  'The request has no Host header. HTTP/1.1 asks for one.',
  'a Host header (RFC 9112, section 3.2)',
]

/** By Node's code for the error of a connection. */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: [
    431,
    'The headers are above 16 KiB together. Send less; cookies of this host count.',
    'headers of at most 16 KiB together',
  ],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [
    413,
    'The extensions of the chunks are above 16 KiB. Leave them out.',
    'chunk extensions of at most 16 KiB',
  ],
  ERR_HTTP_REQUEST_TIMEOUT: [
    408,
    'The request did not arrive in time. Send it again.',
    'a request that arrives in time',
  ],
}

/** Answers what Express never sees, because Node could not read it as a request: a problem document, and the end. */
export function refuseMalformed(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  socket.setTimeout(LAST_WORDS)
  socket.end(answerOf(REFUSALS[error.code ?? ''] ?? NOT_HTTP))
}

/** Refuses HTTP/1.1 without a Host (RFC 9112, section 3.2), which Node would refuse without a word. */
export function refuseWithoutHost(res: ServerResponse): void {
  const { status, headers, body } = problemOf(NO_HOST)
  res.writeHead(status, headers).end(body)
}

function answerOf(refusal: Refusal): string {
  const { status, headers, body } = problemOf(refusal)
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', body].join('\r\n')
}

/** The target is left out: it was not read, or it is not known of which host. */
function problemOf([status, detail, expected]: Refusal) {
  const title = STATUS_CODES[status]
  const errors = [{ pointer: '', expected }]
  const body = JSON.stringify({ type: 'about:blank', title, status, detail, errors })
  const headers = {
    'Access-Control-Allow-Origin': '*',
    'Content-Type': 'application/problem+json',
    'Content-Length': Buffer.byteLength(body),
    Connection: 'close',
  }
  return { status, headers, body }
}
