import type { Session } from './session.ts'

/** Sessions that live, by id, and what became of the others. */
export interface Sessions {
  /** The session of this id, which starts now where it does not live. */
  get(id: string): Session
  /** Whether the id lives, left, or was never used. */
  standing(id: string): Standing
  /** Ends a session; false where it does not live. The default session only starts anew. */
  end(id: string): boolean
  /** The ids that live, the longest unused first. */
  ids(): string[]
}

export type Standing =
  | { readonly state: 'alive' | 'unknown' }
  | { readonly state: 'evicted'; readonly reason: 'idle' | 'cap' | 'ended' }

export interface SessionLimits {
  /** How long a session may be idle, in milliseconds. */
  readonly ttl: number
  /** How many may live, the default one apart. */
  readonly max: number
  /** Milliseconds of a clock that nobody can set. */
  readonly uptime: () => number
}

interface Living {
  readonly session: Session
  usedAt: number
}

export const DEFAULT_SESSION = 'default'

/** How many ids of sessions that left are remembered. */
const MOST_REMEMBERED = 10_000

/** Keeps sessions until they are idle for too long, or too many. Each access costs the same, however many there are. */
export function createSessions(start: (id: string) => Session, { ttl, max, uptime }: SessionLimits): Sessions {
  let main = start(DEFAULT_SESSION)
  // A Map keeps the order of insertion: taking out and putting back makes it the order of use.
  const living = new Map<string, Living>()
  const gone = new Map<string, 'idle' | 'cap' | 'ended'>()

  const leave = (id: string, reason: 'idle' | 'cap' | 'ended') => {
    living.delete(id)
    gone.delete(id)
    gone.set(id, reason)
    const [oldest] = gone.keys()
    if (gone.size > MOST_REMEMBERED && oldest !== undefined) gone.delete(oldest)
  }
  const dropIdle = () => {
    for (const [id, { usedAt }] of living) {
      if (uptime() - usedAt <= ttl) return
      leave(id, 'idle')
    }
  }
  const dropOldest = () => {
    const [oldest] = living.keys()
    if (living.size > max && oldest !== undefined) leave(oldest, 'cap')
  }
  return {
    get: (id) => {
      dropIdle()
      if (id === DEFAULT_SESSION) return main
      const session = living.get(id)?.session ?? start(id)
      living.delete(id)
      living.set(id, { session, usedAt: uptime() })
      gone.delete(id)
      dropOldest()
      return session
    },
    standing: (id) => {
      dropIdle()
      if (id === DEFAULT_SESSION || living.has(id)) return { state: 'alive' }
      const reason = gone.get(id)
      return reason ? { state: 'evicted', reason } : { state: 'unknown' }
    },
    end: (id) => {
      if (id === DEFAULT_SESSION) main = start(DEFAULT_SESSION)
      else if (!living.has(id)) return false
      else leave(id, 'ended')
      return true
    },
    ids: () => {
      dropIdle()
      return [DEFAULT_SESSION, ...living.keys()]
    },
  }
}
