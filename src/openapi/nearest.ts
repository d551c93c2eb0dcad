import leven from 'leven'

/** The candidate that a mistyped word most likely meant, or undefined where none is near. Case does not count. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > 100) return undefined
  const measured = candidates.map((candidate) => ({
    candidate,
    distance: leven(word.toLowerCase(), candidate.toLowerCase()),
  }))
  const [best] = measured.sort((a, b) => a.distance - b.distance)
  return best && best.distance <= Math.max(2, best.candidate.length / 3) ? best.candidate : undefined
}
