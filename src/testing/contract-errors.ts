import { jsonLine, printable } from '../http/printable.ts'
import { REDACTION } from '../http/redaction/redaction.ts'
import { violationText } from '../http/violation-text.ts'
import type { Fault } from '../mock/faults/fault.ts'
import type { JournalEntry } from '../mock/requests/entry.ts'

/** Describes how a request, or the mock's response to it, broke the document, in one line; undefined if neither did. */
export function contractErrorOf(entry: JournalEntry): string | undefined {
  const { method, target, status, defect } = entry
  const request = printable(`${method} ${target}`)
  if (defect !== undefined) return `${request}: the mock itself broke the document, please report it: ${defect}`
  if (!isRefused(entry)) return undefined
  return [`${request} was refused with ${status}`, violationText(entry)].filter(Boolean).join(': ')
}

/** True if validation refused the request. A missing record does not count, and neither does a status that a fault has set. */
function isRefused({ admitted, status, violations, interference }: JournalEntry): boolean {
  return !admitted && status >= 400 && (interference === undefined || violations.length > 0)
}

/** Describes what a request has that the document does not name, in one line; undefined if it has nothing of the kind. */
export function ignoredTextOf({ method, target, ignored = [] }: JournalEntry): string | undefined {
  if (ignored.length === 0) return undefined
  const names = ignored.map(({ pointer, suggestion }) => (suggestion ? `${pointer} (${suggestion}?)` : pointer))
  return printable(`${method} ${target} has what the document does not name: ${names.join(', ')}`)
}

/** Describes a fault that no request has matched, in one line. */
export function unmetText({ id, match, steps }: Fault): string {
  const kinds = steps.map(({ kind }) => kind).join(', ')
  return `Fault ${id} (${kinds}) was met by no request${match ? ` with ${jsonLine(REDACTION.value(match))}` : ''}`
}
