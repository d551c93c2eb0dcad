import { ApiError } from '../../openapi/api-error.ts'
import type { FaultInput } from '../faults/fault.ts'
import { done, ok } from '../reply.ts'
import type { Session } from '../sessions/session.ts'
import type { ControlHandler } from './context.ts'

/** Adds a fault, behind those that the session has. */
export const addFault: ControlHandler = ({ body }, { session: { faults } }) => ok(faults.add(body as FaultInput))

/** Gives the faults of the session, in the order in which they were added. */
export const listFaults: ControlHandler = (_input, { session: { faults } }) => ok(faults.list())

/** Removes the faults of the session. */
export const clearFaults: ControlHandler = (_input, { session: { faults } }) => {
  faults.clear()
  return done()
}

/** Gives the faults that no request has met. */
export const listUnmetFaults: ControlHandler = (_input, { session: { faults } }) => ok(faults.unmet())

/** Gives one fault. */
export const getFault: ControlHandler = ({ path: { id = '' } }, { session }) => {
  const fault = session.faults.get(id)
  if (fault === undefined) throw unknownFault(session, id)
  return ok(fault)
}

/** Removes one fault. */
export const removeFault: ControlHandler = ({ path: { id = '' } }, { session }) => {
  if (!session.faults.remove(id)) throw unknownFault(session, id)
  return done()
}

function unknownFault({ id: sessionId, faults }: Session, id: string): ApiError {
  const known = faults.list().map((fault) => fault.id)
  const has = known.length > 0 ? `It has ${known.join(', ')}.` : 'It has none.'
  return new ApiError(404, `Session ${sessionId} has no fault ${id}. ${has}`)
}
