import { ApiError } from '../../openapi/api-error.ts'
import { done, ok } from '../exchange/reply.ts'
import type { Verification } from '../requests/verify.ts'
import type { AdminHandler } from './handler.ts'

/** Gives the requests of the session, the oldest first. */
export const listRequests: AdminHandler<'listRequests'> = (_input, { session: { journal } }) =>
  ok({ requests: journal.find(), forgotten: journal.forgotten })

/** Forgets the requests of the session. */
export const clearRequests: AdminHandler<'clearRequests'> = (_input, { session }) => {
  session.journal.clear()
  return done()
}

/** Gives the requests that match a pattern. */
export const findRequests: AdminHandler<'findRequests'> = ({ body }, { session: { journal } }) =>
  ok({ requests: journal.find(body), forgotten: journal.forgotten })

/** Counts the requests that match a pattern. */
export const countRequests: AdminHandler<'countRequests'> = ({ body }, { session }) =>
  ok({ count: session.journal.count(body) })

/** Verifies the requests, and gives the nearest ones if they are not as they must be. */
export const verifyRequests: AdminHandler<'verifyRequests'> = ({ body }, { session }) => {
  requireOneQuestion(body)
  return ok(session.journal.verify(body))
}

function requireOneQuestion({ inOrder, request, exactly, atLeast, atMost }: Verification): void {
  const counts = [exactly, atLeast, atMost].some((count) => count !== undefined)
  if (inOrder && (request || counts)) throw mustBeAlone('/body/inOrder', 'alone: an order is not counted')
  if (exactly !== undefined && (atLeast !== undefined || atMost !== undefined))
    throw mustBeAlone('/body/exactly', 'alone, without atLeast and atMost')
}

const mustBeAlone = (pointer: string, expected: string) =>
  new ApiError(400, `${pointer} must stand ${expected}.`, [{ pointer, expected }])

/** Gives the requests as an HTTP archive. */
export const exportRequestsAsHar: AdminHandler<'exportRequestsAsHar'> = (_input, { session, base }) =>
  ok(session.journal.har(base))

/** Gives the requests as commands of curl. */
export const exportRequestsAsCurl: AdminHandler<'exportRequestsAsCurl'> = (_input, { session, base }) =>
  ok(session.journal.curl(base))

/** Gives the requests as a jest test. */
export const exportRequestsAsJest: AdminHandler<'exportRequestsAsJest'> = (_input, { session }) =>
  ok(session.journal.jest())

/** Gives the coverage of the document by this session, or by all that there were. */
export const getCoverage: AdminHandler<'getCoverage'> = ({ query }, context) => {
  const cells = (query.merged ? context.coverage() : context.session.coverage).cells()
  return ok({ covered: cells.filter(({ count }) => count > 0).length, total: cells.length, cells })
}
