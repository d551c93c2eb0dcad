import { startAttempt } from '../../http/transport/attempt.ts'
import {
  type Bounds,
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

async function sendBy(
  fetch: Fetch,
  baseUrl: string,
  { method, path, headers, body }: SentRequest,
  { maxBytes }: Bounds,
  stop: AbortController,
  begin: () => void,
): Promise<Sent> {
  const { signal } = stop
  const init = { method, headers, redirect: 'manual', signal, ...(body && { body: new Uint8Array(body) }) } as const
  const response = await fetch(baseUrl + path, init)
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
