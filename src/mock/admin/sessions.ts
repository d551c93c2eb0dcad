import { ApiError } from '../../openapi/api-error.ts'
import { done, ok } from '../reply.ts'
import type { Sessions } from '../sessions/sessions.ts'
import type { PackName } from '../store/pack.ts'
import type { ControlHandler } from './context.ts'

/** Names the sessions that live, the longest unused first. */
export const listSessions: ControlHandler = (_input, { sessions }) =>
  ok(sessions.ids().map((id) => shown(sessions, id)))

/** Says whether a session lives, left or was never used; asking does not start it. */
export const getSession: ControlHandler = ({ path: { id = '' } }, { sessions }) => ok(shown(sessions, id))

/** Starts a session anew, from a pack of fixtures. */
export const startSession: ControlHandler = ({ path: { id = '' }, body }, { sessions }) => {
  sessions.get(id).startFrom((body as { pack?: PackName }).pack)
  return ok(shown(sessions, id))
}

/** Ends a session. */
export const endSession: ControlHandler = ({ path: { id = '' } }, { sessions }) => {
  if (!sessions.end(id)) throw new ApiError(404, `There is no session ${id} that lives.`)
  return done()
}

const shown = (sessions: Sessions, id: string) => ({ id, ...sessions.standing(id) })
