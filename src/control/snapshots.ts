import { ApiError } from '../errors.ts'
import { done, ok } from '../reply.ts'
import type { Session } from '../sessions/session.ts'
import type { Store } from '../store/store.ts'
import type { ControlHandler } from './context.ts'

/** Names the snapshots of the session, in the order in which they were taken. */
export const listSnapshots: ControlHandler = (_input, { session }) =>
  ok([...session.snapshots.keys()].map((name) => ({ name })))

/** Remembers the state under a name. Neither this nor a restore copies it. */
export const takeSnapshot: ControlHandler = ({ path: { name = '' } }, { session }) => {
  session.snapshots.set(name, session.store.fork())
  return done()
}

/** Gives the state as it was remembered. */
export const getSnapshot: ControlHandler = ({ path: { name = '' } }, { session }) => ok(find(session, name).export())

/** Forgets a snapshot. */
export const deleteSnapshot: ControlHandler = ({ path: { name = '' } }, { session }) => {
  find(session, name)
  session.snapshots.delete(name)
  return done()
}

/** Puts the session back to a snapshot, which stays as it is. */
export const restoreSnapshot: ControlHandler = ({ path: { name = '' } }, { session }) => {
  session.replaceStore(find(session, name).fork())
  return done()
}

/** Says what has changed since a snapshot. */
export const diffSnapshot: ControlHandler = ({ path: { name = '' } }, { session }) =>
  ok(find(session, name).diff(session.store))

function find({ id, snapshots }: Session, name: string): Store {
  const snapshot = snapshots.get(name)
  if (snapshot) return snapshot
  const known = snapshots.size > 0 ? `It has ${[...snapshots.keys()].join(', ')}.` : 'It has none.'
  throw new ApiError(404, `Session ${id} has no snapshot ${name}. ${known}`)
}
