/** The latest of many values. The very last one is kept whatever its size. */
export interface Ring<T> {
  /** The sum of the sizes. */
  readonly bytes: number
  push(value: T): void
  /** Takes the oldest value out; undefined if there is none. */
  shift(): T | undefined
  /** The values that are kept, the oldest first. */
  values(): T[]
  readonly size: number
  clear(): void
}

/** The limits of a ring. */
export interface Room {
  readonly values: number
  /** The sum of `sizeOf` of all values. */
  readonly bytes: number
}

/** Keeps the latest values and forgets the oldest beyond the limits. A push costs the same, however many there are. */
export function createRing<T>(room: Room, sizeOf: (value: T) => number): Ring<T> {
  let queue: (T | undefined)[] = []
  let gone = 0
  let bytes = 0
  const size = () => queue.length - gone
  const isFull = () => size() > room.values || (bytes > room.bytes && size() > 1)
  const forgetOldest = () => {
    bytes -= sizeOf(queue[gone] as T)
    queue[gone] = undefined
    gone += 1
    // Forgotten values are cut off by the thousand: one by one, each would move all values that are kept.
    if (gone < room.values) return
    queue = queue.slice(gone)
    gone = 0
  }
  return {
    push: (value) => {
      queue.push(value)
      bytes += sizeOf(value)
      while (isFull()) forgetOldest()
    },
    shift: () => {
      const oldest = queue[gone]
      if (size() > 0) forgetOldest()
      return oldest
    },
    values: () => queue.slice(gone) as T[],
    get size() {
      return size()
    },
    get bytes() {
      return bytes
    },
    clear: () => {
      queue = []
      gone = 0
      bytes = 0
    },
  }
}
