/** Values by key in the order of their use, the longest unused first. Each access costs the same, however many there are. */
export interface UseOrder<Value> {
  readonly size: number
  has(key: string): boolean
  /** The value, which counts as used now; undefined if there is none. Times are in milliseconds. */
  use(key: string, now: number): Value | undefined
  /** Adds a value under a new key, used now. */
  add(key: string, value: Value, now: number): void
  /** Removes and gives a value; undefined if there is none. */
  take(key: string): Value | undefined
  /** Removes and gives the entries that were unused for longer than the time to live. */
  takeIdle(now: number): readonly (readonly [key: string, value: Value])[]
  keys(): string[]
  values(): Value[]
  /** The key that was unused for longest; undefined if there is none. */
  oldest(): string | undefined
}

interface Entry<Value> {
  readonly value: Value
  usedAt: number
}

/** Starts empty. `ttl` is the time to live, in milliseconds. */
export function createUseOrder<Value>(ttl: number): UseOrder<Value> {
  // A Map keeps the order of insertion: an entry that is taken out and put back is the last one.
  const entries = new Map<string, Entry<Value>>()
  let latest: Entry<Value> | undefined
  let noneIdleUntil = Number.NEGATIVE_INFINITY
  return {
    get size() {
      return entries.size
    },
    has: (key) => entries.has(key),
    use: (key, now) => {
      const entry = entries.get(key)
      if (entry === undefined) return undefined
      entry.usedAt = now
      if (entry !== latest) {
        entries.delete(key)
        entries.set(key, entry)
        latest = entry
      }
      return entry.value
    },
    add: (key, value, now) => {
      latest = { value, usedAt: now }
      entries.set(key, latest)
    },
    take: (key) => {
      const entry = entries.get(key)
      entries.delete(key)
      if (entry === latest) latest = undefined
      return entry?.value
    },
    takeIdle: (now) => {
      if (now <= noneIdleUntil) return []
      const idle = idleIn(entries, now, ttl)
      for (const [key] of idle) entries.delete(key)
      const [oldest] = entries.values()
      if (oldest === undefined) latest = undefined
      noneIdleUntil = (oldest?.usedAt ?? now) + ttl
      return idle
    },
    keys: () => [...entries.keys()],
    values: () => [...entries.values()].map(({ value }) => value),
    oldest: () => entries.keys().next().value,
  }
}

/** The entries at the front that were unused for longer than the time to live. */
function idleIn<Value>(entries: ReadonlyMap<string, Entry<Value>>, now: number, ttl: number): [string, Value][] {
  const idle: [string, Value][] = []
  for (const [key, { value, usedAt }] of entries) {
    if (now - usedAt <= ttl) break
    idle.push([key, value])
  }
  return idle
}
