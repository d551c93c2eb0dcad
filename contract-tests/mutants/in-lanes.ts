/** Runs the function on each item, so many at the same time, and keeps the order. */
export async function inLanes<T, R>(lanes: number, items: readonly T[], act: (item: T) => Promise<R>): Promise<R[]> {
  const left = [...items.entries()]
  const done: R[] = []
  const lane = async () => {
    for (let next = left.shift(); next; next = left.shift()) done[next[0]] = await act(next[1])
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return done
}
