import { printable } from '../http/printable.ts'
import { violationText } from '../http/violation-text.ts'
import type { JournalEntry } from '../mock/requests/entry.ts'

/** Characters of a body that a line shows. */
const BODY_LENGTH = 300

/** Lists the requests of a test, one a line, with their body, violations and the fault that changed the response. */
export function journalText(requests: readonly JournalEntry[], forgotten: number): string {
  if (requests.length === 0) return '  no requests'
  const before = forgotten > 0 ? [`  … ${forgotten} earlier requests were dropped`] : []
  return [...before, ...requests.map(lineOf)].join('\n')
}

function lineOf({ id, method, target, status, body, violations, unknownQuery, interference }: JournalEntry): string {
  const parts = [
    `  ${id}. ${method} ${printable(target)} ${status === 0 ? 'no answer' : status}`,
    body === undefined ? '' : `body ${printable(JSON.stringify(body), BODY_LENGTH)}`,
    interference === undefined ? '' : `by ${printable(interference)}`,
    violationText({ violations, target }),
    unknownQuery.length > 0 ? `not in the document: ${printable(unknownQuery.join(', '))}` : '',
  ]
  return parts.filter(Boolean).join('  ')
}
