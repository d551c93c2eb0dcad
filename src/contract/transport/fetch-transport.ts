import { startAttempt } from '../../http/transport/attempt.ts'
import {
  type Bounds,
  DIRECT,
  type Direct,
  type DirectAnswer,
  FAILURE,
  type Fetch,
  failed,
  type Sent,
  type SentRequest,
  type Transport,
  tooLong,
} from '../../http/transport/transport.ts'

/** Sends by a `fetch`, such as that of a mock in this process. */
export function openFetchTransport(fetch: Fetch, baseUrl: string, bounds: Bounds): Transport {
  const send = (request: SentRequest, signal?: AbortSignal) => {
    const stop = new AbortController()
    const attempt = startAttempt(bounds, signal, () => stop.abort())
    sendBy(fetch, baseUrl, request, bounds, stop, attempt.begin).then(attempt.settle, (error) =>
      attempt.settle(failed(messageOf(error), FAILURE.brokenOff)),
    )
    return attempt.done
  }
  return { send, close: () => {} }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** Methods that `fetch` takes as they are. */
const PLAIN = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']

/** True if `fetch` would pass the request on as it is: it takes no body with GET or HEAD, trims values, and joins those of one name. */
const isPlain = ({ method, headers, body }: SentRequest) =>
  PLAIN.includes(method) &&
  !(body && ['GET', 'HEAD'].includes(method)) &&
  Object.values(headers).every((value) => /^([!-~]([ -~]*[!-~])?)?$/.test(value)) &&
  Object.keys(lowered(headers)).length === Object.keys(headers).length

const isDirect = (value: unknown): value is Direct => typeof value === 'function'

const lowered = (headers: SentRequest['headers']) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

async function readDirectly(
  direct: Direct,
  request: SentRequest,
  { maxBytes }: Bounds,
  stop: AbortController,
  begin: () => void,
): Promise<Sent> {
  const answer = await direct({ ...request, headers: lowered(request.headers) }, stop.signal)
  return answer instanceof Response ? readResponse(answer, maxBytes, stop, begin) : wholeAnswer(answer, maxBytes)
}

function wholeAnswer({ bytes, ...answer }: DirectAnswer, maxBytes: number): Sent {
  if (bytes.length > maxBytes) return tooLong(maxBytes)
  return { answer: { ...answer, bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length) }, failure: '' }
}

async function sendBy(
  fetch: Fetch,
  baseUrl: string,
  request: SentRequest,
  bounds: Bounds,
  stop: AbortController,
  begin: () => void,
): Promise<Sent> {
  const { method, path, headers, body } = request
  const { signal } = stop
  const direct = Reflect.get(fetch, DIRECT)
  if (isDirect(direct) && isPlain(request))
    return readDirectly(direct, { ...request, path: baseUrl + path }, bounds, stop, begin)
  const init = { method, headers, redirect: 'manual', signal, ...(body && { body: new Uint8Array(body) }) } as const
  return readResponse(await fetch(baseUrl + path, init), bounds.maxBytes, stop, begin)
}

async function readResponse(
  response: Response,
  maxBytes: number,
  stop: AbortController,
  begin: () => void,
): Promise<Sent> {
  begin()
  const bytes = await readBytes(response, maxBytes)
  if (bytes === undefined) {
    stop.abort()
    return tooLong(maxBytes)
  }
  return { answer: { status: response.status, headers: Object.fromEntries(response.headers), bytes }, failure: '' }
}

/** The body; undefined if it has more bytes than that. */
async function readBytes({ body }: Response, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.length
    if (size > maxBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
