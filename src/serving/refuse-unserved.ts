import type { ErrorRequestHandler } from 'express'
import { problemOf } from '../enforcement/problem.ts'
import { ApiError } from '../errors.ts'
import { splitTarget } from './target.ts'

/** Answers requests that are refused before it is known which API they are for. Other errors are for Express's log. */
export const refuseUnserved: ErrorRequestHandler = (error: unknown, req, res, next) => {
  if (!(error instanceof ApiError) || res.headersSent) {
    next(error)
    return
  }
  const { path } = splitTarget(req.url)
  res
    .writeHead(error.status, { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'application/problem+json' })
    .end(JSON.stringify(problemOf(error, path)))
}
