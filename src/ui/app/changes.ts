import type { StreamEvent } from '../control/event-stream.ts'

/** How often each part of the mock has changed since the page was loaded. */
export interface Changes {
  readonly state: number
  readonly session: number
  readonly fault: number
  readonly clock: number
  readonly request: number
  readonly upstream: number
  readonly run: number
}

export const NO_CHANGES: Changes = { state: 0, session: 0, fault: 0, clock: 0, request: 0, upstream: 0, run: 0 }

export const ALL: ReadonlySet<string> = new Set(Object.keys(NO_CHANGES))

/** Counts the kinds up that have changed. */
export function withChanges(before: Changes, kinds: ReadonlySet<string>): Changes {
  const up = (kind: keyof Changes) => before[kind] + (kinds.has(kind) ? 1 : 0)
  return {
    ...{ state: up('state'), session: up('session'), fault: up('fault'), clock: up('clock'), request: up('request') },
    ...{ upstream: up('upstream'), run: up('run') },
  }
}

/** The kinds that events tell of, for a page that shows one session. A gap may hide any of them, one of the rate requests alone. */
export function changedBy(events: readonly StreamEvent[], session: string): ReadonlySet<string> {
  const kinds = new Set<string>()
  for (const { event, data } of events) {
    const told: { readonly session?: string; readonly reason?: string } = event === 'session' ? {} : JSON.parse(data)
    if (told.reason === 'rate') kinds.add('request')
    else if ((told.session ?? session) === session) kinds.add(event)
  }
  return kinds.has('gap') ? ALL : kinds
}
