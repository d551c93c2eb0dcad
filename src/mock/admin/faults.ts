import { ApiError } from '../../openapi/api-error.ts'
import { didYouMean } from '../../openapi/nearest.ts'
import { done, ok } from '../exchange/reply.ts'
import { sizeOf } from '../memory/size-of.ts'
import type { Session } from '../sessions/session.ts'
import type { AdminHandler } from './handler.ts'

/** Adds a fault, behind those that the session has. */
export const addFault: AdminHandler<'addFault'> = ({ body }, { session, memory }) => {
  memory.requireRoom(session, sizeOf(body))
  return ok(session.faults.add(body))
}

/** Gives the faults of the session, in the order in which they were added. */
export const listFaults: AdminHandler<'listFaults'> = (_input, { session }) => ok(session.faults.list())

/** Removes the faults of the session. */
export const clearFaults: AdminHandler<'clearFaults'> = (_input, { session }) => {
  session.faults.clear()
  return done()
}

/** Gives the faults that no request has met. */
export const listUnmetFaults: AdminHandler<'listUnmetFaults'> = (_input, { session }) => ok(session.faults.unmet())

/** Gives one fault. */
export const getFault: AdminHandler<'getFault'> = ({ path }, { session }) => {
  const fault = session.faults.get(path.id)
  if (fault === undefined) throw unknownFault(session, path.id)
  return ok(fault)
}

/** Removes one fault. */
export const removeFault: AdminHandler<'removeFault'> = ({ path }, { session }) => {
  if (!session.faults.remove(path.id)) throw unknownFault(session, path.id)
  return done()
}

function unknownFault({ id: sessionId, faults }: Session, id: string): ApiError {
  const known = faults.list().map((fault) => fault.id)
  return new ApiError(404, `Session ${sessionId} has no fault ${id}. ${didYouMean(id, known)}`)
}
