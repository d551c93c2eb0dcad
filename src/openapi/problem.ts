import { STATUS_CODES } from 'node:http'
import type { ApiError } from './api-error.ts'
import type { Problem } from './model.ts'

/** A refusal as problem details (RFC 9457). `target` is the request target without its query, which may hold secrets. */
export function problemOf(error: ApiError, target: string): Problem {
  return {
    type: 'about:blank',
    title: STATUS_CODES[error.status] ?? 'Unknown Status',
    status: error.status,
    detail: error.message,
    instance: target,
    ...(error.violations.length > 0 && { errors: [...error.violations] }),
  }
}
