import { ApiError, type Violation } from '../../openapi/api-error.ts'
import type { Operation } from '../../openapi/operation.ts'
import { amountOf, isFull } from '../../openapi/violation-limit.ts'

/** Places with a status of their own, ahead of all others: PUT /domain says "Invalid ID supplied" (reference). */
const STATUS_BY_POINTER: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  updatePet: { '/body/id': 400 },
}

/**
 * Refuses an invalid request with the status that the operation documents for it. `isOpen` says that there may be more
 * violations than these.
 */
export function refuse(operation: Operation, violations: readonly Violation[], isOpen = isFull(violations)): ApiError {
  const [first] = violations
  const meant = first?.suggestion === undefined ? '' : ` Did you mean ${first.suggestion}?`
  const more = violations.length > 1 ? othersOf(violations, isOpen) : ''
  return new ApiError(
    refusalStatus(operation, violations),
    `${first?.pointer ?? 'The request'} must be ${first?.expected ?? 'as documented'}.${meant}${more}`,
    violations,
  )
}

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
