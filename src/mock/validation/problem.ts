import { reasonPhrase } from '../../http/reason-phrase.ts'
import type { ApiError } from '../../openapi/api-error.ts'
import type { Problem } from '../../openapi/model.ts'

/** The media type of problem details. */
export const PROBLEM_TYPE = 'application/problem+json'

/** A refusal as problem details (RFC 9457). `target` is the request target without its query, which may hold secrets. */
export function problemOf(error: ApiError, target: string): Problem {
  return {
    type: 'about:blank',
    title: reasonPhrase(error.status),
    status: error.status,
    detail: error.message,
    instance: target,
    ...(error.violations.length > 0 && { errors: [...error.violations] }),
  }
}
