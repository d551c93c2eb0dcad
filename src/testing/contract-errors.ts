import type { Fault } from '../faults/fault.ts'
import type { JournalEntry } from '../journal/entry.ts'
import { violationText } from '../journal/request-log.ts'

/** What a request has done against the document, or the mock in its answer, in one line; undefined where nothing. */
export function contractErrorOf({
  method,
  target,
  status,
  operationId,
  violations,
  defect,
}: JournalEntry): string | undefined {
  const what = `${method} ${target}`
  if (defect !== undefined) return `${what}: the mock itself broke the document, please report it: ${defect}`
  if (violations.length > 0) return `${what} was refused with ${status}: ${violationText({ violations, target })}`
  if (operationId === undefined && status >= 400)
    return `${what} was refused with ${status}: the document has no such operation`
  return undefined
}

/** A fault that no request has met, in one line. */
export function unmetText({ id, match, steps }: Fault): string {
  const kinds = steps.map(({ kind }) => kind).join(', ')
  return `Fault ${id} (${kinds}) was met by no request${match ? ` with ${JSON.stringify(match)}` : ''}`
}
