import { brotliDecompressSync, gunzipSync, inflateSync, type ZlibOptions } from 'node:zlib'

/** The content codings that the suite decodes, on every Node (RFC 9110, section 8.4.1; RFC 7932 for br). */
const DECODERS: Readonly<Record<string, (bytes: Buffer, bound: Pick<ZlibOptions, 'maxOutputLength'>) => Buffer>> = {
  identity: (bytes) => bytes,
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
}

/** The names of the codings. */
export const CODINGS: readonly string[] = Object.keys(DECODERS)

/** The codings that a Content-Encoding header names and the suite does not decode. */
export const unknownCodings = (header: string): string[] =>
  codingsIn(header).filter((name) => !Object.hasOwn(DECODERS, name))

/** Codings that one body may have, one upon the other. */
const MOST_CODINGS = 4

/** The outcome of decoding: bytes, or why there are none. */
export type Content = Buffer | 'malformed' | 'too long'

/** Decodes what a Content-Encoding header names, the last coding first, to so many bytes at most. */
export function decodeContent(bytes: Buffer, header: string, maxBytes: number): Content {
  const codings = codingsIn(header)
  if (codings.length > MOST_CODINGS) return 'too long'
  try {
    const bound = { maxOutputLength: maxBytes }
    return codings.reduceRight((rest, name) => DECODERS[name]?.(rest, bound) ?? rest, bytes)
  } catch (error) {
    return Object(error).code === 'ERR_BUFFER_TOO_LARGE' ? 'too long' : 'malformed'
  }
}

const codingsIn = (header: string): string[] =>
  header
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '')
