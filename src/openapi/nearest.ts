import leven from 'leven'

export const LONGEST_WORD = 100
/** The names may be a client's own, of a body of 10 MB. */
export const MOST_CANDIDATES = 1_000

/** The candidate that a mistyped word most likely meant; undefined if none is near. Case does not count. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > LONGEST_WORD) return undefined
  const measured = candidates
    .slice(0, MOST_CANDIDATES)
    .filter((candidate) => Math.abs(candidate.length - word.length) <= furthest(candidate))
    .map((candidate) => ({ candidate, distance: distanceOf(word.toLowerCase(), candidate.toLowerCase()) }))
  const [best] = measured.sort((a, b) => a.distance - b.distance)
  return best && best.distance <= furthest(best.candidate) ? best.candidate : undefined
}

/** The sentence that helps with a word that is not among the candidates: the one that was probably meant, else all there are. */
export function didYouMean(word: string, candidates: readonly string[], others = listed(candidates)): string {
  const meant = nearest(word, candidates)
  return meant === undefined ? others : `Did you mean ${meant}?`
}

/** How many candidates a sentence lists. */
const MOST_LISTED = 20

function listed(candidates: readonly string[]): string {
  if (candidates.length === 0) return 'It has none.'
  const more = candidates.length > MOST_LISTED ? ` and ${candidates.length - MOST_LISTED} more` : ''
  return `It has ${candidates.slice(0, MOST_LISTED).join(', ')}${more}.`
}

/** The number of letters to change; two neighbours that changed places, the commonest slip, count as one. */
function distanceOf(word: string, candidate: string): number {
  const at = [...word].findIndex((letter, index) => letter !== candidate[index])
  const swapped =
    word.slice(0, at) +
    word
      .slice(at, at + 2)
      .split('')
      .reverse()
      .join('') +
    word.slice(at + 2)
  return at >= 0 && swapped === candidate ? 1 : leven(word, candidate)
}

/** The greatest distance at which a candidate is near: of short words a letter, else a third. No distance is below the difference of the lengths. */
const furthest = (candidate: string) => Math.max(1, Math.floor(candidate.length / 3))
