import { ApiError } from '../../openapi/api-error.ts'
import { done, ok } from '../reply.ts'
import type { Criteria } from '../requests/pattern.ts'
import type { Verification } from '../requests/verify.ts'
import type { ControlHandler } from './context.ts'

/** Gives the requests of the session, the oldest first. */
export const listRequests: ControlHandler = (_input, { session: { journal } }) =>
  ok({ requests: journal.find(), forgotten: journal.forgotten })

/** Forgets the requests of the session. */
export const clearRequests: ControlHandler = (_input, { session: { journal } }) => {
  journal.clear()
  return done()
}

/** Gives the requests that have what is asked for. */
export const findRequests: ControlHandler = ({ body }, { session: { journal } }) =>
  ok({ requests: journal.find(body as Criteria), forgotten: journal.forgotten })

/** Counts the requests that have what is asked for. */
export const countRequests: ControlHandler = ({ body }, { session: { journal } }) =>
  ok({ count: journal.count(body as Criteria) })

/** Says whether what must have happened has, and what came nearest where it has not. */
export const verifyRequests: ControlHandler = ({ body }, { session: { journal } }) => {
  const verification = body as Verification
  requireOneQuestion(verification)
  return ok(journal.verify(verification))
}

function requireOneQuestion({ inOrder, request, exactly, atLeast, atMost }: Verification): void {
  const counts = [exactly, atLeast, atMost].some((count) => count !== undefined)
  if (inOrder && (request || counts)) throw question('/body/inOrder', 'alone: an order is not counted')
  if (exactly !== undefined && (atLeast !== undefined || atMost !== undefined))
    throw question('/body/exactly', 'alone, without atLeast and atMost')
}

const question = (pointer: string, expected: string) =>
  new ApiError(400, `${pointer} must stand ${expected}.`, [{ pointer, expected }])

/** Gives the requests as an HTTP archive. */
export const exportRequestsAsHar: ControlHandler = (_input, { session: { journal }, base }) => ok(journal.har(base))

/** Gives the requests as commands of curl. */
export const exportRequestsAsCurl: ControlHandler = (_input, { session: { journal }, base }) => ok(journal.curl(base))

/** Gives the requests as a jest test. */
export const exportRequestsAsJest: ControlHandler = (_input, { session: { journal } }) => ok(journal.jest())

/** Says what the clients have exercised of the document, in this session or in all that there were. */
export const getCoverage: ControlHandler = ({ query }, control) => {
  const cells = query.merged === true ? control.coverage().cells() : control.session.coverage.cells()
  return ok({ covered: cells.filter(({ count }) => count > 0).length, total: cells.length, cells })
}
