import type { ClientRequest, IncomingMessage } from 'node:http'
import type { Answer } from '../answers/answer.ts'
import { type Attempt, startAttempt } from './attempt.ts'
import { isReset, type Route, routeTo } from './route.ts'
import {
  type Access,
  type Bounds,
  FAILURE,
  failed,
  type Sent,
  type SentRequest,
  type Transport,
  tooLong,
} from './transport.ts'

/** Bytes of all headers of one answer. */
export const MAX_HEADER_BYTES = 65_536
/** Answers with 1xx before the final one (RFC 9110, section 15.2). */
export const MAX_INTERIM = 16

const NO_BYTES = Buffer.alloc(0)

/** Sends over persistent connections. */
export function openSocketTransport(baseUrl: string, bounds: Bounds, access: Access = {}): Transport {
  const route = routeTo(new URL(baseUrl), bounds, access)
  const sendOnce = async (request: SentRequest, signal?: AbortSignal): Promise<Sent & { readonly reused: boolean }> => {
    const { method, path, headers, body } = request
    const isChunked = headers['Transfer-Encoding'] !== undefined
    const length = body === undefined || isChunked ? {} : { 'Content-Length': String(body.length) }
    const sent = route.start({
      ...route.options,
      method,
      path: route.path + path,
      headers: { ...route.headers, ...headers, ...length },
      maxHeaderSize: MAX_HEADER_BYTES,
    })
    const attempt = startAttempt(bounds, signal, () => sent.destroy())
    receive(sent, attempt, bounds, route.explain)
    end(sent, request)
    return { ...(await attempt.done), reused: sent.reusedSocket }
  }
  /** A server may close a persistent connection just as it is used again, so try again, up to a new one (RFC 9112, section 9.3.1). */
  const send = async (request: SentRequest, signal?: AbortSignal): Promise<Sent> => {
    const sent = await sendOnce(request, signal)
    const isLost = sent.answer === undefined && sent.reused && isReset(sent.code)
    return isLost && !request.once ? { ...(await send(request, signal)), isRepeated: true } : sent
  }
  return { send, close: () => route.options.agent.destroy() }
}

/** Ends the request with its body. Node writes chunks in one way only, so another one is written past it. */
function end(sent: ClientRequest, { body, chunks }: SentRequest): void {
  if (body === undefined || chunks === undefined) return void sent.end(body)
  sent.flushHeaders()
  sent.chunkedEncoding = false
  sent.end(chunks(body))
}

/** Settles the attempt whatever the server does: answers, switches protocols, breaks off, or closes in silence. */
function receive(sent: ClientRequest, attempt: Attempt, bounds: Bounds, explain: Route['explain']): void {
  let interim = 0
  sent.on('information', () => {
    interim += 1
    if (interim > MAX_INTERIM) give(failed(`more than ${MAX_INTERIM} interim answers (1xx)`, FAILURE.tooLong))
  })
  const give = (result: Sent) => {
    attempt.settle(result)
    sent.destroy()
  }
  sent.on('response', (response) => {
    attempt.begin()
    if (response.statusCode === 101) return give({ answer: toAnswer(response, NO_BYTES), failure: '' })
    readBody(response, bounds, attempt.settle, give)
  })
  // A protocol that nobody asked for is an answer too. Its connection cannot be used any more.
  for (const event of ['upgrade', 'connect'])
    sent.on(event, (response: IncomingMessage) => give({ answer: toAnswer(response, NO_BYTES), failure: '' }))
  sent.on('error', (error) => attempt.settle(explain(error)))
  sent.on('close', () => attempt.settle(failed('the connection was closed without an answer', FAILURE.brokenOff)))
}

function readBody(
  response: IncomingMessage,
  { maxBytes }: Bounds,
  settle: (sent: Sent) => void,
  giveUp: (sent: Sent) => void,
): void {
  const chunks: Buffer[] = []
  let size = 0
  response.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > maxBytes) giveUp(tooLong(maxBytes))
    else chunks.push(chunk)
  })
  response.on('end', () => settle({ answer: toAnswer(response, joined(chunks)), failure: '' }))
  for (const event of ['error', 'aborted', 'close'])
    response.on(event, () => settle(failed('the answer broke off', FAILURE.brokenOff)))
}

/** Most bodies come in one chunk, which needs no copy. */
const joined = ([first = NO_BYTES, ...others]: readonly Buffer[]): Buffer =>
  others.length === 0 ? first : Buffer.concat([first, ...others])

function toAnswer(response: IncomingMessage, bytes: Buffer): Answer {
  const { headers: received, rawHeaders } = response
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(received)) headers[name] = String(value)
  // As many names as headers: none came twice.
  const repeated = Object.keys(headers).length * 2 === rawHeaders.length ? [] : repeatedIn(rawHeaders)
  return {
    status: response.statusCode ?? 0,
    headers,
    bytes,
    ...(repeated.length > 0 && { repeated }),
  }
}

/** Headers that have one value (RFC 9110, section 5.3). Node shows the first of several. */
const SINGLE = ['content-type', 'content-length', 'date', 'etag', 'last-modified', 'location']

function repeatedIn(rawHeaders: readonly string[]): string[] {
  const names = rawHeaders.flatMap((text, index) => (index % 2 === 0 ? [text.toLowerCase()] : []))
  return SINGLE.filter((name) => names.indexOf(name) !== names.lastIndexOf(name))
}
