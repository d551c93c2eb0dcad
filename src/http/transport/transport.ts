import type { Answer } from '../answers/answer.ts'

/** A request as it is sent. `path` begins after the base path and includes the query. */
export interface SentRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  /** Writes the body in chunks in its own way, the last one included (RFC 9112, section 7.1). Needs a socket. */
  readonly chunks?: (body: Uint8Array) => Uint8Array
  /** True if it must not be sent again when a kept connection turns out to be closed: it may have had its effect. */
  readonly once?: boolean
}

/** The result of sending: an answer, or the reason why there is none. */
export interface Sent {
  readonly answer: Answer | undefined
  readonly failure: string
  /** The kind of failure: a code of Node or OpenSSL, or one of `FAILURE`. */
  readonly code?: string
  /** Milliseconds from the request to the end of the answer, where they were measured. */
  readonly ms?: number
  /** True if a kept connection broke as the request was sent, so that it went out again. */
  readonly isRepeated?: boolean
}

/** The kinds of failure that Node has no code for. */
export const FAILURE = {
  /** No whole answer came in time. */
  late: 'LATE',
  /** The answer has more bytes, headers or interim answers than are read. */
  tooLong: 'TOO_LONG',
  /** The answer ended before its length, or the connection before the answer. */
  brokenOff: 'BROKEN_OFF',
  /** The proxy of the environment is in the way. */
  proxy: 'PROXY',
  /** The caller no longer waits. */
  stopped: 'STOPPED',
} as const

/** The most that is read and waited for. */
export interface Bounds {
  /** Milliseconds from the start of a request to the end of its answer. */
  readonly timeoutMs: number
  /** Bytes of one body, as received and as decoded. */
  readonly maxBytes: number
}

/** How a server is reached, besides its URL. */
export interface Access {
  /** PEM texts: authorities that are trusted besides the usual ones, and the certificate and key of this client. */
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
  readonly proxy?: URL
}

/** Sends one request and reads its answer whole. Never rejects, and always settles within its bounds. */
export interface Transport {
  readonly send: (request: SentRequest, signal?: AbortSignal) => Promise<Sent>
  readonly close: () => void
}

/** The function `fetch`, or one that does as it does. */
export type Fetch = (input: string, init: RequestInit) => Promise<Response>

/** The member of a `fetch` that answers without making a Request and a Response; they take a third of the time of a mock. */
export const DIRECT: unique symbol = Symbol.for('inboxes-mock.direct')

/** An answer whose bytes are not in a Buffer, which a page does not have. */
export type DirectAnswer = Omit<Answer, 'bytes'> & { readonly bytes: Uint8Array }

/** Answers a request whose `path` is a whole URL, as `fetch` does; a Response where more than a whole body comes. */
export type Direct = (request: SentRequest, signal: AbortSignal) => Promise<DirectAnswer | Response>

/** A failure as the result of sending. */
export const failed = (failure: string, code: string): Sent => ({ answer: undefined, failure, code })

/** The failure of an answer that is not there, or not whole, in time. */
export const late = (timeoutMs: number, hasBegun: boolean): Sent =>
  failed(hasBegun ? `the answer did not end within ${timeoutMs} ms` : `no answer within ${timeoutMs} ms`, FAILURE.late)

/** The failure of a body without an end. */
export const tooLong = (maxBytes: number): Sent => failed(`more than ${maxBytes} bytes`, FAILURE.tooLong)
