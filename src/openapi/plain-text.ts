/**
 * The text of a value that somebody sent; JSON if it is an object. `String` and templates would call its `toString`, which
 * anybody can send as a property: `{"toString": 1}` makes them throw. Values of our own are for `String`.
 */
export function plainText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  return JSON.stringify(value, (_name, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner))
}
