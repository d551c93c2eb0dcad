import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { ExchangeSummary } from '../requests/exchange.ts'
import { afterAnswers } from './after-answers.ts'
import { corsOfAny } from './cors.ts'

/** How long a client may take to read why it was refused, in milliseconds. */
export const LAST_WORDS = 500

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

const MANY_HOSTS: Refusal = [
  400,
  'The request has more than one Host header. Send one.',
  'one Host header (RFC 9112, section 3.2)',
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

/** Called with each request that was refused before it was one. What of it could not be read is '-'. */
export type OnRefused = (exchange: ExchangeSummary) => void

/**
 * Answers what Express never sees, because Node could not read it as a request: a problem document, and the end. The answers
 * to the requests before it on the same connection go first.
 */
export function createMalformedRefusal(onRefused: OnRefused = () => {}) {
  const refused = new WeakSet<Socket>()
  return (error: NodeJS.ErrnoException, socket: Socket): void => {
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy()
      return
    }
    // More of the same bytes bring more errors while earlier answers are on their way.
    if (refused.has(socket)) return
    refused.add(socket)
    const refusal = REFUSALS[error.code ?? ''] ?? NOT_HTTP
    afterAnswers(socket, (response) => {
      if (response && endBody(response, error)) return
      socket.setTimeout(LAST_WORDS)
      if (response === undefined && isRestOfAnswered(socket)) {
        socket.end()
        return
      }
      socket.end(answerOf(refusal))
      onRefused(summaryOf(refusal))
    })
  }
}

/** True if what is malformed is the rest of a body whose request has its answer: one of 413 or 404, which need no body. */
function isRestOfAnswered(socket: Socket): boolean {
  // Node keeps the request that it reads there (lib/_http_common.js), and has no other way to tell.
  const request: unknown = Reflect.get(Object(Reflect.get(socket, 'parser')), 'incoming')
  return request !== null && typeof request === 'object' && Reflect.get(request, 'complete') === false
}

/** Tells an operation that waits for the body that it will not come, so that it answers with a documented status. */
function endBody(response: ServerResponse, error: Error): boolean {
  response.shouldKeepAlive = false
  const isAwaited = response.req.listenerCount('error') > 0 && !REFUSED_ALIKE.has(Reflect.get(error, 'code'))
  if (isAwaited) response.req.emit('error', error)
  return isAwaited
}

/** Every operation documents 413. */
const REFUSED_ALIKE: ReadonlySet<unknown> = new Set(['HPE_CHUNK_EXTENSIONS_OVERFLOW'])

/** Refuses HTTP/1.1 without a Host, and any request with more of them, which Node would refuse without a word, or take. */
export function createHostRefusal(onRefused: OnRefused = () => {}) {
  return (req: IncomingMessage, res: ServerResponse): boolean => {
    const refusal = hostProblem(req)
    if (refusal === undefined) return false
    const { status, headers, body } = problemOf(refusal)
    res.writeHead(status, { ...headers, ...corsOfAny(req.headers) }).end(body)
    onRefused({ ...summaryOf(refusal), method: req.method ?? '-', target: req.url ?? '-' })
    return true
  }
}

function hostProblem({ headers, rawHeaders, httpVersion }: IncomingMessage): Refusal | undefined {
  if (headers.host === undefined) return httpVersion === '1.0' ? undefined : NO_HOST
  return countHosts(rawHeaders) > 1 ? MANY_HOSTS : undefined
}

/** Names and values take turns. */
function countHosts(rawHeaders: readonly string[]): number {
  let count = 0
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? ''
    if (name.length === 4 && name.toLowerCase() === 'host') count += 1
  }
  return count
}

const summaryOf = ([status, , expected]: Refusal): ExchangeSummary => ({
  method: '-',
  target: '-',
  status,
  milliseconds: 0,
  violations: [{ pointer: '', expected }],
})

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
