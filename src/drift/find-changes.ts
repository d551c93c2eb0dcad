import type { ApiDocument } from '../openapi/document.ts'
import { WAYS } from '../ways/index.ts'
import type { Seen } from '../ways/seen.ts'
import type { Change, Habit, Part, Way } from '../ways/way.ts'
import type { Pairs } from './pairs.ts'

/** A way in which the live server differs, and how. */
export interface WayChange {
  readonly way: Way
  readonly change: Change
}

/** The changes that ways explain, and the parts of answers that they leave. */
export interface Explained {
  readonly changes: readonly WayChange[]
  /** True if no way has explained the part of the answer. */
  readonly isOpen: (seen: Seen, part: Part) => boolean
}

/** Asks each way in turn. An answer that a way explains is not shown to later ways of the same part. */
export function findChanges({ mock, live }: Pairs, document: ApiDocument, ways: readonly Way[] = WAYS): Explained {
  const claimed: Record<Part, Set<string>> = { status: new Set(), body: new Set(), header: new Set(), shape: new Set() }
  const isOpen = (seen: Seen, part: Part) => !claimed[part].has(seen.key)
  const changes: WayChange[] = []
  for (const way of ways) {
    const read = (all: readonly Seen[]) => way.read(all.filter((seen) => isOpen(seen, way.part)))
    const [ofMock, ofLive] = [read(mock), read(live)]
    for (const change of changesOf(way, ofMock, ofLive, document)) {
      changes.push({ way, change })
      for (const seen of change.seen) for (const part of EXPLAINS[way.part]) claimed[part].add(seen.key)
    }
    for (const habit of [...ofMock, ...ofLive].filter((one) => way.isFinal?.(one)))
      for (const seen of habit.seen) for (const part of EXPLAINS[way.part]) claimed[part].add(seen.key)
  }
  return { changes, isOpen }
}

/** An answer of another status may have any other body and headers. */
const EXPLAINS: Readonly<Record<Part, readonly Part[]>> = {
  status: ['status', 'body', 'header'],
  body: ['body'],
  header: ['header'],
  // Shapes have many dimensions, and none explains another.
  shape: [],
}

/** Habits of the live server in places where the mock never does so; the changes of one group as one. */
function changesOf(
  { mock: [usual], isAssumed, group = (_place, live) => live, setting = () => '' }: Way,
  mock: readonly Habit[],
  live: readonly Habit[],
  document: ApiDocument,
): Change[] {
  const groups = new Map<string, Change>()
  for (const { place, does, seen } of live) {
    const own = mock.filter((habit) => habit.place === place).map((habit) => habit.does)
    if (own.length === 0 && isAssumed && usual !== undefined) own.push(usual)
    if (own.length === 0 || own.includes(does)) continue
    const key = group(place, does, document)
    const known = groups.get(key) ?? { group: key, mock: '', live: '', places: [], seen: [] }
    groups.set(key, {
      group: key,
      mock: joined(known.mock, own),
      live: joined(known.live, [does]),
      places: [...new Set([...known.places, place])],
      seen: [...known.seen, ...seen],
    })
  }
  return [...groups.values()].map((change) => withOthers(change, live, setting))
}

/** Counts the answers that share a setting with the change, if some of them show another habit. */
function withOthers(change: Change, live: readonly Habit[], setting: (place: string) => string): Change {
  const own = new Set(change.seen)
  const settings = new Set(change.places.map(setting))
  const all = live.filter(({ place }) => settings.has(setting(place)))
  const others = all.filter(({ seen }) => !seen.every((one) => own.has(one)))
  return others.length === 0 ? change : { ...change, of: new Set(all.flatMap(({ seen }) => seen)).size }
}

/** Habits of several places in one text, each once. */
const joined = (text: string, more: readonly string[]) =>
  [...new Set([...text.split(' or '), ...more])].filter(Boolean).toSorted().join(' or ')
