import { done, ok } from '../exchange/reply.ts'
import type { AdminHandler } from './handler.ts'

/** Names the snapshots of the session, in the order in which they were taken. */
export const listSnapshots: AdminHandler<'listSnapshots'> = (_input, { session }) =>
  ok(session.snapshots.names().map((name) => ({ name })))

/** Remembers the state under a name. */
export const takeSnapshot: AdminHandler<'takeSnapshot'> = ({ path }, { session, memory }) => {
  memory.requireRoom(session, 0)
  session.snapshots.take(path.name)
  return done()
}

/** Gives the state as it was remembered. */
export const getSnapshot: AdminHandler<'getSnapshot'> = ({ path }, { session }) => ok(session.snapshots.get(path.name))

/** Forgets a snapshot. */
export const deleteSnapshot: AdminHandler<'deleteSnapshot'> = ({ path }, { session }) => {
  session.snapshots.remove(path.name)
  return done()
}

/** Puts the session back to a snapshot, which stays as it is. */
export const restoreSnapshot: AdminHandler<'restoreSnapshot'> = ({ path }, { session }) => {
  session.snapshots.restore(path.name)
  return done()
}

/** Gives the changes since a snapshot. */
export const diffSnapshot: AdminHandler<'diffSnapshot'> = ({ path }, { session }) =>
  ok(session.snapshots.diff(path.name))
