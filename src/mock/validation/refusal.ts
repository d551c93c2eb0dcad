import { ApiError, type Violation } from '../../openapi/api-error.ts'
import type { Operation } from '../../openapi/operation.ts'
import { amountOf, isFull } from '../../openapi/violation-limit.ts'
import { slipIn } from './slips.ts'

/** Places with a status of their own, ahead of all others: PUT /domain says "Invalid ID supplied" (reference). */
const STATUS_BY_POINTER: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  updatePet: { '/body/id': 400 },
}

/** Facts about the violations of a request, besides themselves. */
interface Circumstances {
  /** True if there may be more violations than these. */
  readonly isOpen?: boolean
  /** The pointers of what the request leaves out. */
  readonly missing?: ReadonlySet<string>
}

/** Refuses an invalid request with the status that the operation documents for it. */
export function refuse(
  operation: Operation,
  violations: readonly Violation[],
  { isOpen = isFull(violations), missing = NOTHING }: Circumstances = {},
): ApiError {
  const [first = { pointer: 'The request', expected: 'as documented' }] = violations
  const meant = first.suggestion === undefined ? slipIn(first.received) : ` Did you mean ${first.suggestion}?`
  const more = violations.length > 1 ? othersOf(violations, isOpen) : ''
  const isMissing = missing.has(first.pointer) ? 'is missing; it ' : ''
  return new ApiError(
    refusalStatus(operation, violations),
    `${first.pointer} ${isMissing}must be ${first.expected}.${meant}${more}`,
    violations,
  )
}

const NOTHING: ReadonlySet<string> = new Set()

/** How many violations there are, as a sentence to add. */
export const othersOf = (violations: readonly Violation[], isOpen = isFull(violations)): string =>
  ` There are ${amountOf(violations, isOpen)} violations; see errors.`

/** A bad parameter is 400, else 405; a bad body is 405, else 400. The first that the operation documents counts. */
export function refusalStatus(operation: Operation, violations: readonly Violation[]): number {
  const special = STATUS_BY_POINTER[operation.id]
  const own = violations.map(({ pointer }) => special?.[pointer]).find((status) => status !== undefined)
  if (own !== undefined) return own
  const inBody = violations.every(({ pointer }) => pointer.startsWith('/body'))
  const preferred = inBody ? [405, 400] : [400, 405]
  return preferred.find((status) => String(status) in operation.responses) ?? 400
}
