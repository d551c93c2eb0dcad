import type { Violation } from '../../openapi/api-error.ts'

/** What a log says of one request once it was answered. */
export interface ExchangeSummary {
  readonly method: string
  /** Path and query as they came, without what selects a session; the query may hold secrets. */
  readonly target: string
  readonly status: number
  readonly milliseconds: number
  readonly operationId?: string | undefined
  /** What the document refuses in the request. */
  readonly violations: readonly Violation[]
  /** What broke the document in the mock's own reply: a defect of the mock. */
  readonly defect?: string | undefined
}

/** A request and its answer, whole. Names of request headers are lower-case. */
export interface Exchange extends ExchangeSummary {
  readonly requestHeaders: Readonly<Record<string, string | string[] | undefined>>
  /** The body's bytes, where the operation takes one. */
  readonly requestBody: Uint8Array
  /** The decoded body, where it could be decoded. */
  readonly requestValue: unknown
  readonly responseHeaders: Readonly<Record<string, string>>
  readonly responseText: string
  /** True where the document had nothing against the request, whatever the operation made of it. */
  readonly admitted: boolean
  /** Query parameters that the document does not know. */
  readonly unknownQuery: readonly string[]
  /** The fault or preference that changed the answer. */
  readonly interference?: string | undefined
}
