/** A value that components follow. */
export interface Cell<T> {
  get(): T
  set(next: T): void
  /** Calls back at each change until the returned function is called. */
  follow(listener: () => void): () => void
}

export function createCell<T>(value: T): Cell<T> {
  let current = value
  const listeners = new Set<() => void>()
  return {
    get: () => current,
    set: (next) => {
      if (Object.is(next, current)) return
      current = next
      for (const listener of [...listeners]) listener()
    },
    follow: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
