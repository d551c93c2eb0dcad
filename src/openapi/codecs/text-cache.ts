/**
 * Remembers what was written of frozen objects. Records of the store are frozen throughout and replaced, never changed:
 * a record's text holds as long as the record lives, and goes with it.
 */
export function writtenOnce(write: (value: unknown) => string): (value: unknown) => string {
  const known = new WeakMap<object, string>()
  return (value) => {
    if (typeof value !== 'object' || value === null || !Object.isFrozen(value)) return write(value)
    const text = known.get(value) ?? write(value)
    known.set(value, text)
    return text
  }
}
