import { parsePattern } from './parse-pattern.ts'
import { type Positions, positionsOf, stepsOf } from './positions.ts'

/** How the time of a regular expression can grow with the length of a text that it does not match. */
export type Growth = 'linear' | 'quadratic or worse' | 'exponential' | 'unknown'

/** Beyond so many places the comparison takes too long. */
const MOST_PLACES = 80

/**
 * Tells how the time of a backtracking engine can grow. It is exponential if one text leads round a loop in two ways, and
 * quadratic or worse if one text leads round a loop, round another loop after it, and from the one to the other (Weideman
 * et al., "Analyzing Matching Time Behavior of Backtracking Regular Expression Matchers", 2016). Nothing is retried where
 * the expression has matched already.
 */
export function growthOf(source: string): Growth {
  const node = parsePattern(source)
  if (node === undefined) return 'unknown'
  const positions = positionsOf(node)
  if (positions.sets.length > MOST_PLACES) return hasLoop(positions) ? 'unknown' : 'linear'
  const loops = positions.sets.flatMap((_set, place) =>
    reaches(positions, [place], [place]) && !positions.last.has(place) ? [place] : [],
  )
  if (loops.some((place) => isAmbiguous(positions, place))) return 'exponential'
  const isSlow = loops.some((from) => loops.some((to) => from !== to && leadsOn(positions, from, to)))
  return isSlow ? 'quadratic or worse' : 'linear'
}

/** A place that is entered again comes after itself, or after one that has a higher number. */
const hasLoop = ({ follow }: Positions) =>
  follow.some((next, place) => place > 0 && [...next.keys()].some((to) => to <= place))

/** True if the same text leads from the place back to it in two ways. */
function isAmbiguous(positions: Positions, place: number): boolean {
  const around = visit(positions, [place, place])
  for (const [a = 0, b = 0] of around.values()) {
    const isTwice = a === b && reaches(positions, [a], [place]) && hasTwoWays(positions, a, place)
    if (isTwice || (a !== b && reaches(positions, [a, b], [place, place]))) return true
  }
  return hasTwoWays(positions, place, place)
}

/** True if two ways lead from one place to a next one, from which the way goes home. */
function hasTwoWays(positions: Positions, from: number, home: number): boolean {
  for (const [to, ways] of positions.follow[from] ?? [])
    if (ways > 1 && (to === home || reaches(positions, [to], [home]))) return true
  return false
}

/** True if one text leads from the first place to itself and to the second, and from the second to itself. */
const leadsOn = (positions: Positions, from: number, to: number) =>
  reaches(positions, [from], [to]) && reaches(positions, [from, from, to], [from, to, to])

const reaches = (positions: Positions, from: readonly number[], to: readonly number[]) =>
  visit(positions, from).has(to.join())

/** The tuples of places that are reached by one character or more, by their texts. */
function visit(positions: Positions, from: readonly number[]): ReadonlyMap<string, number[]> {
  const seen = new Map<string, number[]>()
  const queue: (readonly number[])[] = [from]
  for (let next = queue.pop(); next; next = queue.pop())
    for (const tuple of stepsOf(positions, next)) {
      const key = tuple.join()
      if (seen.has(key)) continue
      seen.set(key, tuple)
      queue.push(tuple)
    }
  return seen
}
