/** Freezes a value and all in it, at any depth. What is frozen already is taken to be frozen throughout. */
export function freezeDeep<T>(value: T): T {
  const rest: unknown[] = [value]
  while (rest.length > 0) {
    const next = rest.pop()
    if (typeof next !== 'object' || next === null || Object.isFrozen(next)) continue
    Object.freeze(next)
    for (const inner of Object.values(next)) if (typeof inner === 'object') rest.push(inner)
  }
  return value
}
