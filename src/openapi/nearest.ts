import leven from 'leven'

const LONGEST_WORD = 100
/** The names may be a client's own, of a body of 10 MB. */
const MOST_CANDIDATES = 1_000

/** The candidate that a mistyped word most likely meant; undefined if none is near. Case does not count. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > LONGEST_WORD) return undefined
  const measured = candidates
    .slice(0, MOST_CANDIDATES)
    .filter((candidate) => Math.abs(candidate.length - word.length) <= furthest(candidate))
    .map((candidate) => ({ candidate, distance: leven(word.toLowerCase(), candidate.toLowerCase()) }))
  const [best] = measured.sort((a, b) => a.distance - b.distance)
  return best && best.distance <= furthest(best.candidate) ? best.candidate : undefined
}

/** The greatest distance at which a candidate is near. No distance is below the difference of the lengths. */
const furthest = (candidate: string) => Math.max(2, candidate.length / 3)
