import type { Operation } from './operations.ts'
import type { Store } from './store.ts'

export const JSON_TYPE = 'application/json'
export const XML_TYPE = 'application/xml'
export type MediaType = typeof JSON_TYPE | typeof XML_TYPE

/** A request as it came, below the base path. Header names are in lower case. */
export interface Incoming {
  readonly method: string
  readonly path: string
  readonly query: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** The input of the request, after decoding. */
export interface Input {
  /** The value of the path's only parameter, as text. */
  parameter: string
  query: ReadonlyMap<string, readonly string[]>
  body: unknown
}

/** The result of a handler. The value is written as JSON or XML if the operation has content. */
export interface Reply {
  readonly status: number
  readonly value?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** The response on the wire. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly delayMs?: number
  /** Sent in pieces without a length. */
  readonly chunked?: boolean
  /** The connection ends before anything is sent. */
  readonly cut?: boolean
  readonly undated?: boolean
  /** The body, where it is made only when the delay is over. */
  readonly late?: () => Buffer
}

/** A part of the input that the document does not allow. */
export interface Violation {
  readonly place: 'path' | 'query' | 'body'
  readonly pointer: string
  readonly expected: string
}

/** Where a request leads: an operation, a path without that method, or nowhere. */
export interface Match {
  readonly operation?: Operation
  readonly parameter?: string
  readonly allowed?: readonly string[]
}

/** The state of one request while it is handled: steps read it, and seams may change it. */
export interface Handling {
  request: Incoming
  readonly store: Store
  readonly operations: readonly Operation[]
  readonly key: string
  match: Match
  readonly input: Input
  type: MediaType | undefined
  reply: Reply | undefined
  readonly now: () => number
}

/** A request refused: becomes an answer with this status. */
export class Refusal extends Error {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.status = status
    this.headers = headers
  }
}
