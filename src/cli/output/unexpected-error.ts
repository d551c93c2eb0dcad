import { printable, printableLines } from '../../http/printable.ts'
import { REDACTION } from '../../http/redaction/redaction.ts'
import { isOfMissingFiles, MISSING_FILES } from '../../openapi/missing-files.ts'

/** The versions that a report has to name. */
export interface Versions {
  readonly mock: string
  readonly node: string
}

/** The message for an unexpected error: one line that says how to report it, or the stack on request. */
export function unexpectedErrorText(error: unknown, withStack: boolean, { mock, node }: Versions): string {
  if (withStack && error instanceof Error && error.stack) return printableLines(REDACTION.phrase(error.stack))
  if (isOfMissingFiles(error)) return MISSING_FILES
  const report = `Please report it, with inboxes-mock ${mock}, Node ${node} and the stack that INBOXES_MOCK_DEBUG=1 shows.`
  return `Unexpected error: ${printable(REDACTION.phrase(wordsOf(error)))}. ${report}`
}

/** Anything can be thrown, also what has no text. */
function wordsOf(error: unknown): string {
  try {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  } catch {
    return typeof error
  }
}
