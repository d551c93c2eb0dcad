import express, { type Express } from 'express'
import type { Doors } from '../doors.ts'
import { selectSession } from '../sessions/select.ts'
import { requestOf } from './node-request.ts'
import { sendResponse } from './send-response.ts'
import { answerUnexpectedError } from './unexpected-error.ts'

/** The Express app of a mock. Express is a shell: a request goes through `pipeline.ts`. */
export function createExpressApp({ serve, reportDefect }: Doors): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.use(async (req, res) => {
    const selection = selectSession(req.url, req.headers)
    await serve(requestOf(req, selection), selection.id, (response) => sendResponse(res, response))
  })
  app.use(answerUnexpectedError(reportDefect))
  return app
}
