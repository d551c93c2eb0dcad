import { violationText } from '../http/violation-text.ts'
import type { Fault } from '../mock/faults/fault.ts'
import type { JournalEntry } from '../mock/requests/entry.ts'

/** What a request has done against the document, or the mock in its answer, in one line; undefined where nothing. */
export function contractErrorOf(entry: JournalEntry): string | undefined {
  const { method, target, status, defect } = entry
  const what = `${method} ${target}`
  if (defect !== undefined) return `${what}: the mock itself broke the document, please report it: ${defect}`
  if (!isRefused(entry)) return undefined
  return [`${what} was refused with ${status}`, violationText(entry)].filter(Boolean).join(': ')
}

/** By the document: neither by the operation, which met what is not there, nor by a fault that was asked for. */
function isRefused({ admitted, status, violations, interference }: JournalEntry): boolean {
  return !admitted && status >= 400 && (interference === undefined || violations.length > 0)
}

/** A fault that no request has met, in one line. */
export function unmetText({ id, match, steps }: Fault): string {
  const kinds = steps.map(({ kind }) => kind).join(', ')
  return `Fault ${id} (${kinds}) was met by no request${match ? ` with ${JSON.stringify(match)}` : ''}`
}
