import type { ErrorRequestHandler } from 'express'
import { sendResponse } from './send-response.ts'
import { reportUnexpected, toProblemResponse } from './unexpected-request.ts'

/** Answers a request that failed before its API was known, which is a mistake of the mock. */
export function answerUnexpectedError(reportDefect: (text: string) => void): ErrorRequestHandler {
  return (thrown: unknown, req, res, _next) => {
    const response = toProblemResponse(reportUnexpected(thrown, reportDefect), req.url, req.headers)
    if (!res.headersSent) void sendResponse(res, response)
  }
}
