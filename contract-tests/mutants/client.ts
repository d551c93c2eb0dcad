import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { isRecord } from './server/check.ts'

/** The options of a request. The key is sent unless `key` is another text, or null for none. */
export interface Sending {
  readonly key?: string | null
  readonly accept?: string
  readonly type?: string
  readonly body?: string | Buffer
  /** Sent as JSON. */
  readonly json?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Sends the body without a length. */
  readonly chunked?: boolean
}

/** A response. Status 0 means that no complete response came. */
export interface Received {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** Names and values by turns, as they came. */
  readonly rawHeaders: readonly string[]
  readonly bytes: Buffer
  readonly text: string
  /** The body read as JSON, undefined where it is none. */
  readonly value: unknown
  /** The value where it is an object, else an empty one. */
  readonly object: Readonly<Record<string, unknown>>
  /** The value's objects where it is a list, else none. */
  readonly list: readonly Readonly<Record<string, unknown>>[]
}

/** Sends requests to one server, as they are: neither path nor body is tidied up. A request that is put off is sent again. */
export interface Client {
  readonly send: (method: string, path: string, sending?: Sending) => Promise<Received>
  readonly get: (path: string, sending?: Sending) => Promise<Received>
  /** GET as XML. */
  readonly getXml: (path: string) => Promise<Received>
  readonly put: (path: string, json: unknown) => Promise<Received>
  readonly post: (path: string, json: unknown) => Promise<Received>
  readonly form: (path: string, body: string) => Promise<Received>
  readonly putXml: (path: string, body: string) => Promise<Received>
  readonly remove: (path: string) => Promise<Received>
  readonly close: () => void
}

/** A client for the server at `url`, which ends in the base path. */
export function makeClient(url: string, key = 'special-key'): Client {
  const agent = new Agent({ keepAlive: true })
  const send: Client['send'] = async (method, path, sending = {}) => {
    const first = await sendOnce(agent, method, `${url}${path}`, { key, ...sending })
    const received = LOST.includes(first.status)
      ? await sendOnce(agent, method, `${url}${path}`, { key, ...sending })
      : first
    return [429, 503].includes(received.status) && 'retry-after' in received.headers
      ? send(method, path, sending)
      : received
  }
  return {
    send,
    get: (path, sending) => send('GET', path, sending),
    getXml: (path) => send('GET', path, { accept: 'application/xml' }),
    put: (path, json) => send('PUT', path, { json }),
    post: (path, json) => send('POST', path, { json }),
    form: (path, body) => send('POST', path, { type: 'application/x-www-form-urlencoded', body }),
    putXml: (path, body) => send('PUT', path, { type: 'application/xml', body }),
    remove: (path) => send('DELETE', path),
    close: () => agent.destroy(),
  }
}

/** No answer, and what a gateway says then; sent once again. */
const LOST = [0, 502, 504]

const WAIT_MS = 10_000

function sendOnce(agent: Agent, method: string, target: string, sending: Sending): Promise<Received> {
  const { key, accept, json, headers } = sending
  const body = sending.body ?? (json === undefined ? undefined : JSON.stringify(json))
  const type = sending.type ?? (json === undefined ? undefined : 'application/json')
  const { origin } = new URL(target)
  const all = {
    ...(typeof key === 'string' && { api_key: key }),
    ...(accept !== undefined && { accept }),
    ...(type !== undefined && { 'content-type': type }),
    ...(body !== undefined && !sending.chunked && { 'content-length': String(Buffer.byteLength(body)) }),
    ...headers,
  }
  return new Promise((resolve) => {
    const fail = () => resolve(receive(0, Buffer.alloc(0)))
    const path = target.slice(origin.length)
    const sent = request(origin, { agent, method, path, headers: all, timeout: WAIT_MS }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve(receive(response.statusCode ?? 0, Buffer.concat(chunks), response)))
      response.on('error', fail)
    })
    sent.on('error', fail)
    sent.on('timeout', () => sent.destroy())
    sent.end(body)
  })
}

function receive(
  status: number,
  bytes: Buffer,
  { headers = {}, rawHeaders = [] }: Partial<IncomingMessage> = {},
): Received {
  const value = readJson(bytes)
  return {
    status,
    headers,
    rawHeaders,
    bytes,
    text: bytes.toString('utf8'),
    value,
    object: isRecord(value) ? value : {},
    list: Array.isArray(value) ? value.filter(isRecord) : [],
  }
}

function readJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}
