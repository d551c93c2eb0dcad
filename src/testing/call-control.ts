import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { ApiError } from '../openapi/api-error.ts'
import type { Problem } from '../openapi/model.ts'

/** Calls the control plane at a path below `/__admin`. Resolves with the JSON value of the response, or with its text if it is not JSON. */
export type CallControl = <T>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) => Promise<T>

/** The address of a control plane, and the headers that select a session and authenticate. */
export interface ControlAddress {
  /** The base URL of the API, such as `http://127.0.0.1:4010/v2`. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Creates a function that calls the control plane and rejects with an ApiError if the call is refused. It does not use `fetch`:
 * tests replace it, and some test environments have none.
 */
export function callControl({ url, headers }: ControlAddress): CallControl {
  return async <T>(method: string, path: string, body?: unknown) => {
    const { status, type, content } = await send(new URL(`/__admin${path}`, url), method, headers, body)
    const value: unknown = type.includes('json') ? JSON.parse(content) : content
    if (status < 400) return value as T
    const { detail = content, errors = [] } = (value ?? {}) as Partial<Problem>
    throw new ApiError(status, detail, errors)
  }
}

interface Answer {
  readonly status: number
  readonly type: string
  readonly content: string
}

function send(url: URL, method: string, headers: ControlAddress['headers'], body: unknown): Promise<Answer> {
  const json = body === undefined ? undefined : JSON.stringify(body)
  const bodyHeaders =
    json === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(json) }
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, agent: false, headers: { ...headers, ...bodyHeaders } }, (answer) => {
      const { statusCode: status = 0, headers: received } = answer
      text(answer).then((content) => resolve({ status, type: received['content-type'] ?? '', content }), reject)
    })
    sent.on('error', (error: NodeJS.ErrnoException) => reject(unreachable(url, error)))
    sent.end(json)
  })
}

const unreachable = ({ origin }: URL, { code, message }: NodeJS.ErrnoException) =>
  new Error(`No mock answers at ${origin} (${code ?? message}). Start one: inboxes-mock exec -- COMMAND`)
