import type { Decompress } from '../mock/http/content-codings.ts'

/** The content codings that a page can undo. It has no brotli. */
export const PAGE_CODINGS: Readonly<Record<string, Decompress>> = {
  identity: async (bytes) => bytes,
  gzip: (bytes, most) => decompress(bytes, 'gzip', most),
  deflate: (bytes, most) => decompress(bytes, 'deflate', most),
}

/** Stops at the limit: a few bytes may unpack to gigabytes. */
async function decompress(bytes: Uint8Array, format: 'gzip' | 'deflate', most: number): ReturnType<Decompress> {
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  try {
    const unpacked = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(new DecompressionStream(format))
    const reader = unpacked.getReader()
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      size += read.value.length
      if (size > most) return 'too-large'
      chunks.push(read.value)
    }
  } catch {
    return 'incomplete'
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer())
}
