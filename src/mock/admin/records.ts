import { done, ok } from '../exchange/reply.ts'
import { sizeOf } from '../memory/size-of.ts'
import { readRecord } from '../sessions/records.ts'
import type { AdminHandler } from './handler.ts'

/** Adds a record, under a key of its own or the next free one. */
export const addRecord: AdminHandler<'addRecord'> = async ({ path, body }, { session, memory }) => {
  memory.requireRoom(session, sizeOf(body))
  return ok({ ...(await session.addRecord(path.collection, body)) })
}

/** Gives a record. */
export const getRecord: AdminHandler<'getRecord'> = ({ path }, { session }) =>
  ok({ ...readRecord(session, path.collection, path.key) })

/** Puts a record in place of the one of this key, or adds it. */
export const putRecord: AdminHandler<'putRecord'> = async ({ path, body }, { session, memory }) => {
  memory.requireRoom(session, sizeOf(body))
  return ok({ ...(await session.putRecord(path.collection, path.key, body)) })
}

/** Deletes a record. */
export const deleteRecord: AdminHandler<'deleteRecord'> = ({ path }, { session }) => {
  session.deleteRecord(path.collection, path.key)
  return done()
}
