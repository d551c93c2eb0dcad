import { reasonPhrase } from '../../http/reason-phrase.ts'
import { REDACTION } from '../../http/redaction/redaction.ts'
import type { ApiError } from '../../openapi/api-error.ts'
import type { Problem } from '../../openapi/model.ts'

/** The media type of problem details. */
export const PROBLEM_TYPE = 'application/problem+json'

/** A refusal as problem details (RFC 9457), without secrets. `target` is the request target without its query. */
export function problemOf(error: ApiError, target: string, redaction = REDACTION): Problem {
  return {
    type: 'about:blank',
    title: reasonPhrase(error.status),
    status: error.status,
    detail: redaction.phrase(error.message),
    instance: redaction.target(target),
    ...(error.violations.length > 0 && {
      errors: error.violations.map((violation) => redaction.violation(violation, target)),
    }),
  }
}
