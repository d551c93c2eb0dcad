import { ApiError } from '../../openapi/api-error.ts'
import type { Session } from '../sessions/session.ts'

/** One budget for all that the sessions of a mock hold. */
export interface Memory {
  /** Counts what a session holds now. If all hold more than the budget, some is forgotten. */
  settle(session: Session): void
  /** Throws an ApiError (413) if there is no room for so many bytes more, even after all that can be forgotten was. */
  requireRoom(session: Session, bytes: number): void
  /** Must be called when a session ends. */
  release(session: Session): void
  /** Counts something besides the sessions from now on, which is the first to be forgotten. */
  share(beside: Forgettable): void
}

/** Something that takes memory, in bytes, and can do without. */
export interface Forgettable {
  readonly bytes: number
  forget(): void
}

/** The sessions that may be made smaller. */
export interface Shrinkable {
  /** All that live, the longest unused first. */
  all(): Session[]
  /** Ends a session, because there is no room for it. */
  evict(id: string): boolean
}

/** In bytes. */
const MB = 1024 * 1024

/** How much of the budget is left in use when some is freed, so that this is not needed again at once. */
const REST = 0.75

/** Starts empty. `budget` is in MB; it is asked for once, when there is something to compare. */
export function createMemory(budget: () => number, sessions: () => Shrinkable): Memory {
  const counted = new Map<Session, number>()
  let total = 0
  let beside: Forgettable = { bytes: 0, forget: () => {} }
  const count = (session: Session, bytes: number) => {
    total += bytes - (counted.get(session) ?? 0)
    counted.set(session, bytes)
  }
  // A request may end after its session.
  const gone = new WeakSet<Session>()
  const settle = (session: Session) => {
    if (!gone.has(session)) count(session, session.held.bytes())
  }
  const release = (session: Session) => {
    count(session, 0)
    counted.delete(session)
    gone.add(session)
  }
  /** Counts exactly, then forgets journals, then ends sessions, until there is room. The current session is the last. */
  const free = (current: Session, left: number) => {
    beside.forget()
    const all = sessions().all()
    for (const session of all) count(session, session.held.recount())
    const [main, ...others] = all.filter((session) => session !== current)
    const inOrder = [...others, ...(main ? [main] : []), current]
    for (const session of inOrder)
      if (total > left) {
        session.held.forget()
        settle(session)
      }
    for (const { id } of others) if (total > left) sessions().evict(id)
  }
  let most: number | undefined
  const limit = () => {
    most ??= budget() * MB
    return most
  }
  const hasRoom = (bytes: number) => total + beside.bytes + bytes <= limit()
  return {
    settle: (session) => {
      settle(session)
      if (!hasRoom(0)) free(session, REST * limit())
    },
    requireRoom: (session, bytes) => {
      settle(session)
      if (!hasRoom(bytes)) free(session, Math.max(0, REST * limit() - bytes))
      if (!hasRoom(bytes)) throw noRoom(bytes, total, budget())
    },
    release,
    share: (other) => {
      beside = other
    },
  }
}

function noRoom(bytes: number, total: number, budget: number): ApiError {
  const [more, held] = [bytes, total].map((size) => Math.ceil(size / MB))
  return new ApiError(
    413,
    `This needs ${more} MB of memory, ${held} MB of ${budget} are in use. Remove snapshots, reset or end sessions, or start the mock with a larger --memory-mb.`,
  )
}
