import { ApiError } from '../../openapi/api-error.ts'
import { didYouMean } from '../../openapi/nearest.ts'
import { done, ok } from '../exchange/reply.ts'
import type { Sessions } from '../sessions/sessions.ts'
import type { AdminHandler } from './handler.ts'

/** Names the sessions that live, the longest unused first. */
export const listSessions: AdminHandler<'listSessions'> = (_input, { sessions }) =>
  ok(sessions.ids().map((id) => sessionStanding(sessions, id)))

/** Tells whether a session lives, was ended or was never used; asking does not start it. */
export const getSession: AdminHandler<'getSession'> = ({ path }, { sessions }) => ok(sessionStanding(sessions, path.id))

/** Starts a session anew, from a pack of fixtures. */
export const startSession: AdminHandler<'startSession'> = ({ path, body }, { sessions }) => {
  sessions.get(path.id).startFrom(body.pack)
  return ok(sessionStanding(sessions, path.id))
}

/** Ends a session. */
export const endSession: AdminHandler<'endSession'> = ({ path }, { sessions }) => {
  if (!sessions.end(path.id))
    throw new ApiError(
      404,
      `There is no session ${path.id} that lives. ${didYouMean(path.id, sessions.ids(), 'GET /__admin/sessions lists them.')}`,
    )
  return done()
}

const sessionStanding = (sessions: Sessions, id: string) => ({ id, ...sessions.standing(id) })
