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
  /** Those that live; looking at them is no use of them. */
  all(): Session[]
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
export function createSessions(
  start: (id: string) => Session,
  { ttl, max, uptime }: SessionLimits,
  onLeave: (session: Session) => void = () => {},
): Sessions {
  let main = start(DEFAULT_SESSION)
  // A Map keeps the order of insertion: taking out and putting back makes it the order of use.
  const living = new Map<string, Living>()
  const gone = new Map<string, 'idle' | 'cap' | 'ended'>()
  let latest: Living | undefined
  /** Until then none can be idle for too long, so that most accesses need not look. */
  let noneIdleUntil = Number.NEGATIVE_INFINITY

  const leave = (id: string, reason: 'idle' | 'cap' | 'ended') => {
    const left = living.get(id)
    if (left) onLeave(left.session)
    if (left === latest) latest = undefined
    living.delete(id)
    gone.delete(id)
    gone.set(id, reason)
    const [oldest] = gone.keys()
    if (gone.size > MOST_REMEMBERED && oldest !== undefined) gone.delete(oldest)
  }
  const dropIdle = (now: number) => {
    if (now <= noneIdleUntil) return
    noneIdleUntil = now + ttl
    for (const [id, { usedAt }] of living) {
      if (now - usedAt <= ttl) {
        noneIdleUntil = usedAt + ttl
        return
      }
      leave(id, 'idle')
    }
  }
  const dropOldest = () => {
    if (living.size <= max) return
    const [oldest] = living.keys()
    if (oldest !== undefined) leave(oldest, 'cap')
  }
  const startOne = (id: string, usedAt: number) => {
    gone.delete(id)
    return { session: start(id), usedAt }
  }
  return {
    get: (id) => {
      const now = uptime()
      dropIdle(now)
      if (id === DEFAULT_SESSION) return main
      const one = living.get(id) ?? startOne(id, now)
      one.usedAt = now
      if (one === latest) return one.session
      latest = one
      living.delete(id)
      living.set(id, one)
      dropOldest()
      return one.session
    },
    standing: (id) => {
      dropIdle(uptime())
      if (id === DEFAULT_SESSION || living.has(id)) return { state: 'alive' }
      const reason = gone.get(id)
      return reason ? { state: 'evicted', reason } : { state: 'unknown' }
    },
    end: (id) => {
      if (id === DEFAULT_SESSION) {
        onLeave(main)
        main = start(DEFAULT_SESSION)
      } else if (!living.has(id)) return false
      else leave(id, 'ended')
      return true
    },
    ids: () => {
      dropIdle(uptime())
      return [DEFAULT_SESSION, ...living.keys()]
    },
    all: () => {
      dropIdle(uptime())
      return [main, ...[...living.values()].map(({ session }) => session)]
    },
  }
}
