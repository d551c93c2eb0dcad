import { printable } from '../../http/printable.ts'

/** The message for an unexpected error: one line, or the stack on request. */
export function unexpectedErrorText(error: unknown, withStack: boolean): string {
  if (withStack) return error instanceof Error && error.stack ? error.stack : String(error)
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return `Unexpected error, please report it: ${printable(what)} (INBOXES_MOCK_DEBUG=1 shows the stack.)`
}
