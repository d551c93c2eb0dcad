/** Tells whether some of the items still fail, in their order. */
export type Fails<T> = (items: readonly T[]) => Promise<boolean>

/**
 * Finds few items that still fail, the last of which is the one that failed. First the shortest end of the list that fails is
 * looked for, by doubling; then parts of it are left out, by delta debugging (Zeller and Hildebrandt, 2002).
 */
export async function shrink<T>(items: readonly T[], fails: Fails<T>): Promise<readonly T[]> {
  for (let length = 1; length < items.length; length *= 2) {
    const end = items.slice(-length)
    if (await fails(end)) return leaveOut(end, fails)
  }
  return leaveOut(items, fails)
}

async function leaveOut<T>(items: readonly T[], fails: Fails<T>): Promise<readonly T[]> {
  let kept = items
  for (let size = Math.ceil(items.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let start = 0; start < kept.length; ) {
      const rest = [...kept.slice(0, start), ...kept.slice(start + size)]
      if (rest.length > 0 && (await fails(rest))) kept = rest
      else start += size
    }
  }
  return kept
}
