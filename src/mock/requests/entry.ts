import { redactFields, redactHeaders, redactTarget, redactViolation } from '../../http/redaction/redact.ts'
import type { Violation } from '../../openapi/api-error.ts'
import type { Store } from '../store/store.ts'
import type { Exchange } from './exchange.ts'

/** A request as the journal keeps it. `at` is the session's time, in milliseconds. */
export interface Recorded {
  readonly id: number
  readonly at: number
  readonly exchange: Exchange
  /** The state before the request, where it does not follow from the requests before. */
  readonly from?: Store
}

/** A request as the journal shows it: without keys, passwords and the queries of logins. */
export interface JournalEntry {
  /** Counts up from 1 in each session. */
  readonly id: number
  /** The session's time, RFC 3339. */
  readonly at: string
  readonly operationId?: string
  readonly method: string
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  /** The decoded body; absent where none came or it could not be decoded. */
  readonly body?: unknown
  readonly status: number
  /** True where the document had nothing against the request, whatever the operation made of it. */
  readonly admitted: boolean
  /** What was refused in it: by the document or, where it was admitted, by the operation. */
  readonly violations: readonly Violation[]
  readonly unknownQuery: readonly string[]
  /** The fault or preference that changed the answer. */
  readonly interference?: string
  /** What broke the document in the mock's own reply: a defect of the mock. */
  readonly defect?: string
}

/** Shows a record, without its secrets. */
export function shown({ id, at, exchange }: Recorded): JournalEntry {
  const { operationId, method, target, requestHeaders, requestValue, status } = exchange
  const { admitted, violations, unknownQuery, interference, defect } = exchange
  return {
    id,
    at: new Date(at).toISOString(),
    ...(operationId !== undefined && { operationId }),
    method,
    target: redactTarget(target),
    headers: redactHeaders(requestHeaders),
    ...(requestValue !== undefined && { body: redactFields(requestValue) }),
    status,
    admitted,
    violations: violations.map((violation) => redactViolation(violation, target)),
    unknownQuery,
    ...(interference !== undefined && { interference }),
    ...(defect !== undefined && { defect }),
  }
}
