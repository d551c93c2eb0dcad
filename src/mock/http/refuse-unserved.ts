import type { ErrorRequestHandler } from 'express'
import { ApiError } from '../../openapi/api-error.ts'
import { problemOf } from '../../openapi/problem.ts'
import { splitTarget } from '../request-target.ts'

/**
 * Answers requests that are refused before it is known which API they are for. Any other error is a defect of the mock,
 * or of who listens to it: it is told of in `defects` and as a warning of the process, and never leaves in an answer.
 */
export function refuseUnserved(defects: string[]): ErrorRequestHandler {
  return (thrown: unknown, req, res, _next) => {
    const error = thrown instanceof ApiError ? thrown : unforeseen(thrown, defects)
    if (res.headersSent) return
    res.writeHead(error.status, { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'application/problem+json' })
    res.end(JSON.stringify(problemOf(error, splitTarget(req.url).path)))
  }
}

function unforeseen(thrown: unknown, defects: string[]): ApiError {
  const text = String(thrown)
  defects.push(text)
  process.emitWarning(text, { type: 'Defect' })
  return new ApiError(500, 'The mock failed before it could read the request. Its log says how; please report it.')
}
