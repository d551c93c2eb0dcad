import { ApiError } from '../../openapi/api-error.ts'
import { done, ok } from '../exchange/reply.ts'
import { sizeOf } from '../memory/size-of.ts'
import { refusalOf } from './accept-state.ts'
import type { AdminHandler } from './handler.ts'

/** Puts the session back to its fixtures, or to those of another pack. */
export const reset: AdminHandler<'reset'> = ({ body }, { session }) => {
  session.reset(body?.pack)
  return done()
}

/** Gives the whole state of the session. */
export const getState: AdminHandler<'getState'> = (_input, { session }) => ok(session.store.export())

/** Gives one collection. */
export const getCollection: AdminHandler<'getCollection'> = ({ path }, { session }) =>
  ok(session.store.export()[path.collection])

/** Replaces the collections that are given, all or none. */
export const putState: AdminHandler<'putState'> = async ({ body }, { session, memory }) => {
  memory.requireRoom(session, sizeOf(body))
  await session.putState(body)
  return done()
}

/** Replaces one collection, whole or not at all. */
export const putCollection: AdminHandler<'putCollection'> = async ({ path: { collection }, body }, context) => {
  const { session, memory } = context
  memory.requireRoom(session, sizeOf(body))
  try {
    await session.putState({ [collection]: body })
    return done()
  } catch (error) {
    throw error instanceof ApiError ? withinBody(error, collection) : error
  }
}

/** The collection is the whole body here, not a part of it. */
function withinBody({ status, violations }: ApiError, collection: string): ApiError {
  const inside = `/body/${collection}`
  const moved = violations.map((violation) => ({
    ...violation,
    pointer: violation.pointer.replace(inside, '/body'),
  }))
  return refusalOf(status, moved)
}

/** Moves a domain to validated and active: the transition that the API mentions and cannot make. */
export const validateDomain: AdminHandler<'validateDomain'> = ({ path }, { session }) =>
  ok(session.validateDomain(path.id))
