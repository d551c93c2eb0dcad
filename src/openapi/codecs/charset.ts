/**
 * Decodes text in UTF-8, ISO 8859-1 or UTF-16LE, by any of their names. Bytes that are no UTF-8 become U+FFFD. Gives
 * undefined for any other charset.
 */
export function decodeText(bytes: Uint8Array, charset: string): string | undefined {
  if (bytes.length === 0) return ''
  const name = charset.toLowerCase()
  if (UTF_8_NAMES.has(name)) return UTF_8.decode(bytes)
  if (LATIN_1_NAMES.has(name)) return latin1Of(bytes)
  return UTF_16_NAMES.has(name) ? utf16Of(bytes) : undefined
}

const UTF_8 = new TextDecoder('utf-8', { ignoreBOM: true })
const UTF_8_NAMES = new Set(['utf-8', 'utf8'])
/** TextDecoder takes these for windows-1252 (Encoding standard, section 4.2). */
const LATIN_1_NAMES = new Set([
  ...['latin1', 'ascii', 'us-ascii', 'iso-8859-1', 'iso8859-1', 'iso88591', 'iso_8859-1', 'iso_8859-1:1987'],
  ...['windows-1252', 'cp1252', 'x-cp1252'],
])
const UTF_16_NAMES = new Set(['utf-16le', 'utf16le', 'ucs-2', 'ucs2'])

/** How many characters go to one call: engines bound the number of arguments. */
const CHUNK = 8192

/** The text with one character for each byte. */
export function latin1Of(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  return text
}

/** The bytes of a text that has one character for each. */
export const bytesOfLatin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))

/** Keeps half of a surrogate pair, which TextDecoder would replace. A last odd byte is no character. */
function utf16Of(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at + 1 < bytes.length; at += 2)
    text += String.fromCharCode((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8))
  return text
}
