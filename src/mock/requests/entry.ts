import { isLogin, type Redaction } from '../../http/redaction/redaction.ts'
import { HIDDEN } from '../../http/redaction/secret-values.ts'
import type { components } from '../admin/generated/admin.ts'
import type { Store } from '../store/store.ts'
import type { Ignored } from '../validation/ignored.ts'
import type { Exchange, UpstreamNote } from './exchange.ts'

/** A request as the journal keeps it. `at` is the session's time, in milliseconds. */
export interface Recorded {
  readonly id: number
  readonly at: number
  readonly exchange: Exchange
  /** The state before the request, if it does not follow from the requests before. */
  readonly from?: Store | undefined
  /** Bytes in memory. */
  readonly size: number
  /** True if the bodies were too large to be kept. */
  readonly truncated?: true | undefined
}

/** A request for readers of the journal: without keys, passwords and the queries of logins. */
export type JournalEntry = components['schemas']['JournalEntry']

/** The record for readers, without its secrets. */
export function toEntry({ id, at, exchange, truncated }: Recorded, redaction: Redaction): JournalEntry {
  const { operationId, method, target, requestHeaders, requestValue, status } = exchange
  const { admitted, violations, unknownQuery, ignored = [], interference, defect, upstream } = exchange
  const { 'X-Mock-Source': source, 'X-Mock-Reason': reason } = exchange.responseHeaders
  return {
    id,
    at: new Date(at).toISOString(),
    ...(operationId !== undefined && { operationId }),
    method,
    target: redaction.target(target),
    headers: redaction.headers(requestHeaders),
    ...(requestValue !== undefined && { body: redaction.value(requestValue) }),
    ...(truncated && { truncated }),
    status,
    admitted,
    violations: violations.map((violation) => redaction.violation(violation, target)),
    unknownQuery: unknownQuery.map((name) => (isLogin(target) ? HIDDEN : redaction.phrase(name, true))),
    ...(ignored.length > 0 && { ignored: ignored.map((one) => redactIgnored(one, target, redaction)) }),
    ...(interference !== undefined && { interference }),
    ...(defect !== undefined && { defect: redaction.phrase(defect) }),
    ...(upstream && { upstream: redactUpstream(upstream, redaction) }),
    ...(source && { source }),
    ...(reason && { reason }),
  }
}

/** A name may be a secret itself, as in the query `abc;REST` of a login. */
export function redactIgnored({ pointer, suggestion }: Ignored, target: string, { phrase }: Redaction): Ignored {
  const hidden = isLogin(target) && pointer.startsWith('/query/') ? `/query/${HIDDEN}` : phrase(pointer, true)
  return suggestion === undefined ? { pointer: hidden } : { pointer: hidden, suggestion }
}

/** The note without secrets, which an answer may have in the wrong place. */
export const redactUpstream = ({ violations, ...note }: UpstreamNote, { violation }: Redaction): UpstreamNote => ({
  ...note,
  violations: violations.map((one) => violation(one, '')),
})
