import { createEndReasons, type EndReason } from './end-reasons.ts'
import type { Session } from './session.ts'
import { createUseOrder } from './use-order.ts'

/** The sessions of a mock, by id, and how those ended that are gone. */
export interface Sessions {
  /** The session of this id, which starts now if it does not live. */
  get(id: string): Session
  /** Whether the id lives, was evicted, or was never used. */
  standing(id: string): Standing
  /** Ends a session; false if it does not live. The default session only starts anew. */
  end(id: string): boolean
  /** Ends a session, since there is no room for it. */
  evict(id: string): boolean
  /** The ids that live, the longest unused first. */
  ids(): string[]
  /** The default session, and the others that live, the longest unused first; this does not count as a use of them. */
  all(): Session[]
}

export type Standing =
  | { readonly state: 'alive' | 'unknown' }
  | { readonly state: 'evicted'; readonly reason: EndReason }

export interface SessionLimits {
  /** Milliseconds that a session may be idle. */
  readonly ttl: number
  /** The most sessions that may live, apart from the default one. */
  readonly max: number
  /** Milliseconds of a clock that nobody can set. */
  readonly uptime: () => number
}

export const DEFAULT_SESSION = 'default'

/** Keeps sessions until they are idle for too long, or too many. Each access costs the same, however many there are. */
export function createSessions(
  start: (id: string) => Session,
  { ttl, max, uptime }: SessionLimits,
  onEnd: (session: Session) => void = () => {},
): Sessions {
  let main = start(DEFAULT_SESSION)
  const living = createUseOrder<Session>(ttl)
  const ended = createEndReasons()
  const finish = (id: string, session: Session, reason: EndReason) => {
    onEnd(session)
    ended.add(id, reason)
  }
  const end = (id: string, reason: EndReason) => {
    const session = living.take(id)
    if (session) finish(id, session, reason)
    return session !== undefined
  }
  const endIdle = (now = uptime()) => {
    for (const [id, session] of living.takeIdle(now)) finish(id, session, 'idle')
  }
  const startNew = (id: string, now: number) => {
    ended.delete(id)
    const session = start(id)
    living.add(id, session, now)
    const oldest = living.size > max ? living.oldest() : undefined
    if (oldest !== undefined) end(oldest, 'cap')
    return session
  }
  const restartMain = () => {
    onEnd(main)
    main = start(DEFAULT_SESSION)
    return true
  }
  return {
    get: (id) => {
      const now = uptime()
      endIdle(now)
      return id === DEFAULT_SESSION ? main : (living.use(id, now) ?? startNew(id, now))
    },
    standing: (id) => {
      endIdle()
      if (id === DEFAULT_SESSION || living.has(id)) return { state: 'alive' }
      const reason = ended.get(id)
      return reason ? { state: 'evicted', reason } : { state: 'unknown' }
    },
    end: (id) => (id === DEFAULT_SESSION ? restartMain() : end(id, 'ended')),
    evict: (id) => end(id, 'cap'),
    ids: () => {
      endIdle()
      return [DEFAULT_SESSION, ...living.keys()]
    },
    all: () => {
      endIdle()
      return [main, ...living.values()]
    },
  }
}
