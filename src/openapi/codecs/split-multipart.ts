import { bytesOfLatin1, latin1Of } from './charset.ts'
import { indexOfBytes } from './index-of-bytes.ts'
import { type PartHeaders, readPartHeaders } from './part-headers.ts'

/** One part of a multipart body. */
export interface RawPart {
  readonly headers: PartHeaders
  readonly content: Uint8Array
}

/** The body cannot be split; the message says why. */
export class MultipartError extends Error {}

/**
 * Splits a multipart body at its delimiters (RFC 2046, section 5.1.1). A line that begins as the delimiter does is one.
 * What stands before the first one and after the closing one is left out. Throws a MultipartError for a malformed body.
 */
export function splitMultipart(body: Uint8Array, boundary: string, maxParts: number): RawPart[] {
  const sections = sectionsOf(body, boundary, maxParts)
  if (!isClosing(sections.at(-1)))
    throw new MultipartError(sections.length > maxParts ? `more than ${maxParts} parts` : 'Unexpected end of form')
  return sections.slice(0, -1).map(readPart)
}

const CRLF = bytesOfLatin1('\r\n')
const END_OF_HEADERS = bytesOfLatin1('\r\n\r\n')

/** The bytes after each delimiter, up to the next one. Those after the closing one are only `--`. It ends at one too many. */
function sectionsOf(body: Uint8Array, boundary: string, maxParts: number): Uint8Array[] {
  const delimiter = bytesOfLatin1(`\r\n--${boundary}`)
  const lines = new Uint8Array(body.length + CRLF.length)
  lines.set(CRLF)
  lines.set(body, CRLF.length)
  const sections: Uint8Array[] = []
  let start = indexOfBytes(lines, delimiter)
  while (start >= 0 && sections.length <= maxParts) {
    const next = indexOfBytes(lines, delimiter, start + delimiter.length)
    const section = lines.subarray(start + delimiter.length, next < 0 ? lines.length : next)
    if (isClosing(section)) return [...sections, section.subarray(0, 2)]
    sections.push(section)
    start = next
  }
  return sections
}

const DASH = 45
const isClosing = (section?: Uint8Array) => section?.[0] === DASH && section[1] === DASH

/** How long the headers of a part may be together, in bytes. */
export const MAX_HEADERS = 16 * 1024

const HEADERLESS: RawPart = { headers: new Map(), content: new Uint8Array(0) }

/** Reads one part. It has no headers if anything but a line break follows the delimiter. */
function readPart(section: Uint8Array): RawPart {
  if (section[0] !== CRLF[0] || section[1] !== CRLF[1]) return HEADERLESS
  const end = indexOfBytes(section, END_OF_HEADERS, CRLF.length)
  const isWhole = end >= 0 && end <= MAX_HEADERS
  const headers = isWhole ? readPartHeaders(latin1Of(section.subarray(CRLF.length, end))) : undefined
  if (headers === undefined) throw new MultipartError('Malformed part header')
  return { headers, content: section.subarray(end + END_OF_HEADERS.length) }
}
