/** Where `pattern` stands in `bytes` from `start` on; -1 if nowhere. The pattern is not empty. */
export function indexOfBytes(bytes: Uint8Array, pattern: Uint8Array, start = 0): number {
  const [first = 0] = pattern
  for (let at = bytes.indexOf(first, start); at >= 0; at = bytes.indexOf(first, at + 1))
    if (pattern.every((byte, offset) => bytes[at + offset] === byte)) return at
  return -1
}
