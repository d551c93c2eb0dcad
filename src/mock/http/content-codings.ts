import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate } from 'node:zlib'
import type { BodyBytes } from '../exchange/request.ts'

/** Undoes one Content-Encoding of a whole body, which may have so many bytes then. */
export type Decompress = (bytes: Uint8Array, most: number) => Promise<BodyBytes>

/** The content codings that are undone, by name (RFC 9110, section 8.4.1). The table is the same on every Node. */
export const CONTENT_CODINGS: Readonly<Record<string, Decompress>> = {
  identity: async (bytes) => bytes,
  gzip: bounded(promisify(gunzip)),
  deflate: bounded(promisify(inflate)),
  br: bounded(promisify(brotliDecompress)),
}

type Unpack = (bytes: Uint8Array, options: { readonly maxOutputLength: number }) => Promise<Buffer>

/** Stops at the limit: a few bytes may unpack to gigabytes. */
function bounded(unpack: Unpack): Decompress {
  return async (bytes, most) => {
    try {
      return await unpack(bytes, { maxOutputLength: most })
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'incomplete'
    }
  }
}
