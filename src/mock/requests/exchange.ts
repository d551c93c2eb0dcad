import type { Violation } from '../../openapi/api-error.ts'
import type { Ignored } from '../validation/ignored.ts'

/** The summary of an answered request, for logs. */
export interface ExchangeSummary {
  readonly method: string
  /** Path and query as they came, without the part that selects a session. The query may hold secrets. */
  readonly target: string
  readonly status: number
  readonly milliseconds: number
  readonly operationId?: string | undefined
  /** The violations of the document by the request. */
  readonly violations: readonly Violation[]
  /** Parts of a valid request that the document does not name, and that had no effect; absent if there are none. */
  readonly ignored?: readonly Ignored[] | undefined
  /** The session, if it is not the default one. */
  readonly session?: string | undefined
  /** The fault or preference that changed the answer. */
  readonly interference?: string | undefined
  /** True if a browser asked whether a page may send another request. */
  readonly isPreflight?: boolean
  /** A breach of the document by the mock's own reply, which is a defect of the mock. */
  readonly defect?: string | undefined
  /** The answer of the live server that stands behind the mock, if it was asked. */
  readonly upstream?: UpstreamNote | undefined
}

/** An answer of the live server, for logs. */
export interface UpstreamNote {
  /** 0 if no answer came. */
  readonly status: number
  /** Milliseconds from the request to its last byte. */
  readonly ms: number
  /** The places where the answer breaks the document. */
  readonly violations: readonly UpstreamViolation[]
}

/** A place where an answer of the live server breaks the document. */
export interface UpstreamViolation {
  /** A JSON Pointer into the answer. */
  readonly pointer: string
  readonly expected: string
  readonly received?: unknown
  /** The line of the document with the rule. */
  readonly line?: number
}

/** A request and its response. Names of request headers are in lower case. */
export interface Exchange extends ExchangeSummary {
  readonly requestHeaders: Readonly<Record<string, string | string[] | undefined>>
  /** The body's bytes, if the operation takes one. */
  readonly requestBody: Uint8Array
  /** The decoded body; undefined if it could not be decoded. */
  readonly requestValue: unknown
  readonly responseHeaders: Readonly<Record<string, string>>
  readonly responseText: string
  /** True if the request conforms to the document, whatever the operation replied. */
  readonly admitted: boolean
  /** Query parameters that the document does not know. */
  readonly unknownQuery: readonly string[]
}
