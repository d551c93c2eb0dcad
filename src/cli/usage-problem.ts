import { DocumentError } from '../openapi/document-error.ts'

/** The command cannot begin, because of what it was given. The message has one line and says what to do; the exit code is 2. */
export class UsageProblem extends Error {
  override readonly name = 'UsageProblem'
}

/** Whether the message says to users, in one line, what cannot be used and why. */
export const isExplained = (error: unknown): error is UsageProblem | DocumentError =>
  error instanceof UsageProblem || error instanceof DocumentError
