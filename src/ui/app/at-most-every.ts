/** A function that runs soon after it is called, and at most once in so many milliseconds. */
export function atMostEvery(ms: number, work: () => void): () => void {
  let waiting = false
  return () => {
    if (waiting) return
    waiting = true
    setTimeout(() => {
      waiting = false
      work()
    }, ms)
  }
}
