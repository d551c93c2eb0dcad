import { reasonPhrase } from '../../http/reason-phrase.ts'
import { DIRECT, type Direct, type DirectAnswer } from '../../http/transport/transport.ts'
import type { Doors, MockFetch } from '../doors.ts'
import type { BodyBytes, MockRequest } from '../exchange/request.ts'
import { type MockResponse, NULL_BODY, transmissionOf } from '../exchange/response.ts'
import { selectSession } from '../sessions/select.ts'
import { sleep } from '../sleep.ts'
import type { Decompress } from './content-codings.ts'
import { readContent } from './read-content.ts'
import { reportUnexpected, toProblemResponse } from './unexpected-request.ts'

/** The parts of a mock that its fetch needs. */
export interface FetchOptions extends Doors {
  /** The content codings of request bodies that are undone, by name. */
  readonly contentCodings: Readonly<Record<string, Decompress>>
}

/** Makes the fetch of a mock. A request that names no session is for `session`. */
export function createFetch(options: FetchOptions, session: string): MockFetch {
  const fetch: MockFetch = async (input, init) => {
    const request = toRequest(input, init)
    const { signal } = request
    signal.throwIfAborted()
    const value = await orAbort(toMockRequest(request, options), signal)
    const response = await orAbort(respond(options, value, session), signal)
    return toResponse(response, request)
  }
  const direct: Direct = async ({ method, path, headers, body }, signal) => {
    const url = new URL(path)
    const response = await respond(options, toValue({ method, url, headers, bytes: body, signal }, options), session)
    return response.transmission ? toResponse(response, { method, url: path, signal }) : toAnswer(response, method)
  }
  return Object.assign(fetch, { [DIRECT]: direct })
}

const NO_ORIGIN = 'http://inboxes-mock.localhost'

function toRequest(input: string | URL | Request, init?: RequestInit): Request {
  if (input instanceof Request && input.bodyUsed)
    throw new TypeError('The body of this request was used already. Pass request.clone() the first time, or a new one.')
  return new Request(typeof input === 'string' && input.startsWith('/') ? NO_ORIGIN + input : input, init)
}

/** The promise, or a rejection as soon as the signal is aborted. */
async function orAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = () => {}
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

async function toMockRequest(request: Request, options: FetchOptions): Promise<MockRequest> {
  const { method, signal } = request
  const bytes = request.body === null ? undefined : new Uint8Array(await request.arrayBuffer())
  const headers = Object.fromEntries(request.headers)
  return toValue({ method, url: new URL(request.url), headers, bytes, signal }, options)
}

/** The parts of a request that came without a socket. Header names are in lower case. */
interface Parts {
  readonly method: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Uint8Array | undefined
  readonly signal: AbortSignal
}

function toValue({ method, url, headers: given, bytes, signal }: Parts, { contentCodings }: FetchOptions): MockRequest {
  const { host, pathname, search } = url
  const headers = { host, ...(bytes && { 'content-length': String(bytes.length) }), ...given }
  const read = async (most: number): Promise<BodyBytes> =>
    bytes && bytes.length > most ? 'too-large' : (bytes ?? new Uint8Array(0))
  return {
    method,
    target: pathname + search,
    headers,
    signal,
    body: (most) => readContent(headers, contentCodings, most, () => read(most)),
  }
}

/** Runs the pipeline; an error after the response was given, of a listener, is reported and spoils no response. */
async function respond(options: FetchOptions, request: MockRequest, session: string): Promise<MockResponse> {
  let response: MockResponse | undefined
  try {
    const { id, target, problem } = selectSession(request.target, request.headers, session)
    await options.serve({ ...request, target, sessionProblem: problem }, id, (sent) => {
      response = sent
    })
  } catch (error) {
    request.signal?.throwIfAborted()
    const refusal = reportUnexpected(error, options.reportDefect)
    response ??= toProblemResponse(refusal, request.target, request.headers)
  }
  if (response === undefined) throw new Error('The pipeline ended without a response.')
  return response
}

const bytesOf = ({ bytes, body = '' }: MockResponse) => bytes ?? new TextEncoder().encode(body)

/** The headers with the length of the body, for statuses that have one. */
const headersFor = ({ status, headers }: MockResponse, { length }: Uint8Array) =>
  status === 204 || status === 304 ? headers : { ...headers, 'Content-Length': String(length) }

/** A whole response as the suites read one: names of headers in lower case. */
function toAnswer(response: MockResponse, method: string): DirectAnswer {
  const bytes = bytesOf(response)
  const named = Object.entries(headersFor(response, bytes)).map(([name, value]) => [name.toLowerCase(), value])
  const hasBody = method !== 'HEAD' && !NULL_BODY.has(response.status)
  return {
    status: response.status,
    headers: Object.fromEntries(named),
    bytes: hasBody ? bytes : new Uint8Array(0),
  }
}

function toResponse(
  response: MockResponse,
  { method, url, signal }: Pick<Request, 'method' | 'url' | 'signal'>,
): Response {
  const { status, headers } = response
  const transmission = transmissionOf(response, method)
  if (transmission?.kind === 'reset' || transmission?.kind === 'empty-reply')
    throw new TypeError('fetch failed', { cause: new Error(`A fault closed the connection (${transmission.kind}).`) })
  const bytes = new Uint8Array(bytesOf(response))
  const source = transmission?.kind === 'stream' && transmission.source
  const init = {
    status,
    statusText: reasonPhrase(status),
    headers: source ? headers : headersFor(response, bytes),
  }
  const hasBody = method !== 'HEAD' && !NULL_BODY.has(status)
  if (source && !hasBody) void source.cancel()
  const given = new Response(hasBody ? contentOf(bytes, response, signal) : null, init)
  return Object.defineProperty(given, 'url', { value: url, configurable: true })
}

function contentOf(
  bytes: Uint8Array<ArrayBuffer>,
  { transmission }: MockResponse,
  signal: AbortSignal,
): ReadableStream | Uint8Array<ArrayBuffer> {
  if (transmission?.kind === 'stream') return transmission.source.pipeThrough(new TransformStream(), { signal })
  if (transmission?.kind === 'slow-body') return slowly(bytes, transmission)
  return transmission ? firstHalf(bytes) : bytes
}

/** Half of the bytes, and the error that a broken connection gives. */
function firstHalf(bytes: Uint8Array): ReadableStream {
  let isFirst = true
  return new ReadableStream({
    pull: (controller) => {
      if (isFirst && bytes.length > 1) controller.enqueue(bytes.subarray(0, Math.floor(bytes.length / 2)))
      else controller.error(new TypeError('terminated', { cause: new Error('A fault ended the body early.') }))
      isFirst = false
    },
  })
}

/** The bytes in so many chunks, spread over so many milliseconds. */
function slowly(bytes: Uint8Array, { ms, chunks }: { readonly ms: number; readonly chunks: number }): ReadableStream {
  const size = Math.max(1, Math.ceil(bytes.length / chunks))
  let start = 0
  return new ReadableStream({
    pull: async (controller) => {
      if (start >= bytes.length) return controller.close()
      await sleep(ms / chunks)
      controller.enqueue(bytes.subarray(start, start + size))
      start += size
    },
  })
}
