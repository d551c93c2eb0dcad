const LOSSY = { ignoreBOM: true }
const STRICT = { ignoreBOM: true, fatal: true }

/** The bytes as UTF-8; what is none becomes U+FFFD. */
export const textOf = (bytes: Uint8Array): string => new TextDecoder('utf-8', LOSSY).decode(bytes)

/** The bytes as UTF-8; undefined if they are none. */
export function strictTextOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', STRICT).decode(bytes)
  } catch {
    return undefined
  }
}

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** More arguments at once could be too many for the stack. */
const CHUNK = 0x8000

/** One character a byte, from U+0000 to U+00FF. The decoder that goes by the name latin1 gives windows-1252. */
export function latin1Of(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += CHUNK) parts.push(String.fromCharCode(...bytes.subarray(at, at + CHUNK)))
  return parts.join('')
}

/** The inverse of `latin1Of`. */
export const bytesOfLatin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))

export const base64Of = (bytes: Uint8Array): string => btoa(latin1Of(bytes))
