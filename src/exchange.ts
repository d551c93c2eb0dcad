import type { Violation } from './errors.ts'

/** What is known of one request and its answer once it was sent. */
export interface Exchange {
  readonly method: string
  /** Path and query as they came; the query may hold secrets. */
  readonly target: string
  readonly status: number
  readonly milliseconds: number
  readonly operationId?: string
  /** What the document refuses in the request. */
  readonly violations: readonly Violation[]
  /** What broke the document in the mock's own reply: a defect of the mock. */
  readonly defect?: string
}
