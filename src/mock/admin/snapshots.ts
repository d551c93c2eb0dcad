import { done, ok } from '../reply.ts'
import type { ControlHandler } from './context.ts'

/** Names the snapshots of the session, in the order in which they were taken. */
export const listSnapshots: ControlHandler = (_input, { session }) =>
  ok(session.snapshots.names().map((name) => ({ name })))

/** Remembers the state under a name. */
export const takeSnapshot: ControlHandler = ({ path: { name = '' } }, { session }) => {
  session.snapshots.take(name)
  return done()
}

/** Gives the state as it was remembered. */
export const getSnapshot: ControlHandler = ({ path: { name = '' } }, { session }) => ok(session.snapshots.get(name))

/** Forgets a snapshot. */
export const deleteSnapshot: ControlHandler = ({ path: { name = '' } }, { session }) => {
  session.snapshots.remove(name)
  return done()
}

/** Puts the session back to a snapshot, which stays as it is. */
export const restoreSnapshot: ControlHandler = ({ path: { name = '' } }, { session }) => {
  session.snapshots.restore(name)
  return done()
}

/** Says what has changed since a snapshot. */
export const diffSnapshot: ControlHandler = ({ path: { name = '' } }, { session }) => ok(session.snapshots.diff(name))
