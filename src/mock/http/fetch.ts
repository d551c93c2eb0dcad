import { reasonPhrase } from '../../http/reason-phrase.ts'
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
  return async (input, init) => {
    const request = toRequest(input, init)
    const { signal } = request
    signal.throwIfAborted()
    const value = await orAbort(toMockRequest(request, options), signal)
    const response = await orAbort(respond(options, value, session), signal)
    return toResponse(response, request)
  }
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

async function toMockRequest(request: Request, { contentCodings }: FetchOptions): Promise<MockRequest> {
  const { host, pathname, search } = new URL(request.url)
  const bytes = request.body === null ? undefined : new Uint8Array(await request.arrayBuffer())
  const length = bytes && { 'content-length': String(bytes.length) }
  const headers = { host, ...length, ...Object.fromEntries(request.headers) }
  const read = async (most: number): Promise<BodyBytes> =>
    bytes && bytes.length > most ? 'too-large' : (bytes ?? new Uint8Array(0))
  return {
    method: request.method,
    target: pathname + search,
    headers,
    signal: request.signal,
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

function toResponse(response: MockResponse, { method, url, signal }: Request): Response {
  const { status, headers, body = '', ...rest } = response
  const transmission = transmissionOf(response, method)
  if (transmission?.kind === 'reset' || transmission?.kind === 'empty-reply')
    throw new TypeError('fetch failed', { cause: new Error(`A fault closed the connection (${transmission.kind}).`) })
  const bytes = new Uint8Array(rest.bytes ?? new TextEncoder().encode(body))
  const source = transmission?.kind === 'stream' && transmission.source
  const init = {
    status,
    statusText: reasonPhrase(status),
    headers:
      status === 204 || status === 304 || source ? headers : { ...headers, 'Content-Length': String(bytes.length) },
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
