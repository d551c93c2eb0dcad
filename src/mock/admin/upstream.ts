import { ApiError } from '../../openapi/api-error.ts'
import { done, ok } from '../exchange/reply.ts'
import type { AdminContext } from './context.ts'
import type { AdminHandler } from './handler.ts'
import type { UpstreamApi } from './upstream-api.ts'

/** Says what is done with requests to the live server. */
export const getUpstream: AdminHandler<'getUpstream'> = (_input, context) => ok(upstreamOf(context).state())

/** Changes what is given. */
export const putUpstream: AdminHandler<'putUpstream'> = ({ body }, context) => ok(upstreamOf(context).set(body))

/** Gives the ways in which answers of the live server broke the document. */
export const listUpstreamViolations: AdminHandler<'listUpstreamViolations'> = (_input, context) =>
  ok(upstreamOf(context).violations())

/** Forgets them. */
export const clearUpstreamViolations: AdminHandler<'clearUpstreamViolations'> = (_input, context) => {
  upstreamOf(context).clearViolations()
  return done()
}

/** Gives what the live server has shown, without secrets. */
export const getUpstreamRecording: AdminHandler<'getUpstreamRecording'> = async (_input, context) =>
  ok(await upstreamOf(context).recording())

function upstreamOf({ upstream }: AdminContext): UpstreamApi {
  if (upstream) return upstream
  throw new ApiError(404, 'There is no live server behind this mock. Start it with --upstream URL.')
}
