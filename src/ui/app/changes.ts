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
