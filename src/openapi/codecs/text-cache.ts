/** In characters. Longer texts are written anew each time: sixteen lists of large records would fill the memory. */
const LONGEST = 256 * 1024

/**
 * Remembers what was written of frozen objects. Records of the store are frozen throughout and replaced, never changed:
 * a record's text holds as long as the record lives, and goes with it. A list of 100 pets takes 0.8 / 0.6 / 0.3 / 0.2 of the
 * CPU time without it on Node 20 / 22 / 24 / 26 (`npm run bench:devices`). To go back: `return write`.
 */
export function writtenOnce(write: (value: unknown) => string): (value: unknown) => string {
  const known = new WeakMap<object, string>()
  return (value) => {
    if (typeof value !== 'object' || value === null || !Object.isFrozen(value)) return write(value)
    const text = known.get(value) ?? write(value)
    if (text.length <= LONGEST) known.set(value, text)
    return text
  }
}
