import type { Case, Seen } from '../ways/seen.ts'

/** The answers of both servers to the requests that both were asked. */
export interface Pairs {
  readonly mock: readonly Seen[]
  readonly live: readonly Seen[]
  /** How many requests both were asked, and how many one of them alone. */
  readonly asked: number
  readonly notAsked: number
}

/** Pairs answers by operation, method, what the request is about, Accept and media type. */
export function pair(mock: readonly Seen[], live: readonly Seen[]): Pairs {
  const [ofMock, ofLive] = [countsOf(mock), countsOf(live)]
  const keys = [...new Set([...ofMock.keys(), ...ofLive.keys()])]
  const shared = keys.map((key) => Math.min(ofMock.get(key) ?? 0, ofLive.get(key) ?? 0))
  const most = keys.map((key) => Math.max(ofMock.get(key) ?? 0, ofLive.get(key) ?? 0))
  const asked = sum(shared)
  return {
    mock: mock.filter((seen) => ofLive.has(seen.key)),
    live: live.filter((seen) => ofMock.has(seen.key)),
    asked,
    notAsked: sum(most) - asked,
  }
}

/** How many cases of a plan another one does not have. */
export function countMore(plan: readonly Case[], other: readonly Case[]): number {
  const known = countsOf(other)
  return sum([...countsOf(plan)].map(([key, count]) => Math.max(0, count - (known.get(key) ?? 0))))
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

function countsOf(all: readonly Case[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const seen of all) counts.set(seen.key, (counts.get(seen.key) ?? 0) + 1)
  return counts
}
