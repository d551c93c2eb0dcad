import type { ProblemError } from './model.ts'
import { bounded } from './violation-limit.ts'

/** One violation: a JSON Pointer into the request, what the document asks for, what came, the nearest valid value. */
export type Violation = ProblemError

/** A refusal that the document allows. Anything else that is thrown is a defect of the mock. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  /** As many as are listed. */
  readonly violations: readonly Violation[]
  readonly headers: Readonly<Record<string, string>>

  /** `detail` says what happened, to what, and what to do. */
  constructor(
    status: number,
    detail: string,
    violations: readonly Violation[] = [],
    headers: Record<string, string> = {},
  ) {
    super(detail)
    this.status = status
    this.violations = bounded(violations)
    this.headers = headers
  }
}
