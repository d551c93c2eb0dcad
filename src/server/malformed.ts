import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'

/** How long a client may take to read why it was refused, in milliseconds. */
const LAST_WORDS = 500

type Refusal = readonly [status: number, detail: string]

const NOT_HTTP: Refusal = [
  400,
  'This is not a well-formed HTTP/1.1 request. Look at its first line, headers and length.',
]

/** By Node's code for the error of a connection. */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: [431, 'The headers are above 16 KiB together. Send less; cookies of this host count.'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'The extensions of the chunks are above 16 KiB. Leave them out.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not arrive in time. Send it again.'],
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

function answerOf([status, detail]: Refusal): string {
  const title = STATUS_CODES[status]
  const body = JSON.stringify({ type: 'about:blank', title, status, detail })
  return [
    `HTTP/1.1 ${status} ${title}`,
    'Access-Control-Allow-Origin: *',
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n')
}
