import { printable } from '../http/printable.ts'
import { violationText } from '../http/violation-text.ts'
import type { JournalEntry } from '../mock/requests/entry.ts'

const MOST_BODY = 300

/** The requests of a test, one a line, with what was sent, what was refused in it and what stood in the way. */
export function journalText(requests: readonly JournalEntry[], forgotten: number): string {
  if (requests.length === 0) return '  no request came'
  const before = forgotten > 0 ? [`  … ${forgotten} earlier requests are forgotten`] : []
  return [...before, ...requests.map(lineOf)].join('\n')
}

function lineOf({ id, method, target, status, body, violations, unknownQuery, interference }: JournalEntry): string {
  const parts = [
    `  ${id}. ${method} ${printable(target)} ${status === 0 ? 'no answer' : status}`,
    body === undefined ? '' : `body ${printable(JSON.stringify(body), MOST_BODY)}`,
    interference === undefined ? '' : `by ${printable(interference)}`,
    violationText({ violations, target }),
    unknownQuery.length > 0 ? `not in the document: ${printable(unknownQuery.join(', '))}` : '',
  ]
  return parts.filter(Boolean).join('  ')
}
