import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'

/** The content codings that the suite decodes, on every Node (RFC 9110, section 8.4.1; RFC 7932 for br). */
const DECODERS: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
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

/** Decodes what a Content-Encoding header names, the last coding first; undefined if the bytes are not so encoded. */
export function decodeContent(bytes: Buffer, header: string): Buffer | undefined {
  try {
    return codingsIn(header).reduceRight((rest, name) => DECODERS[name]?.(rest) ?? rest, bytes)
  } catch {
    return undefined
  }
}

const codingsIn = (header: string): string[] =>
  header
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '')
