import { latin1Of } from '../../openapi/codecs/charset.ts'
import type { Upload } from '../../openapi/model.ts'

/**
 * The data URI (RFC 2397) that gives an uploaded picture back. It is part of the pet: so it is in sessions, snapshots, exports and
 * the budget for memory, and loads where no address of the mock would, such as behind a proxy or from a mock in a page.
 */
export const pictureUri = ({ filename, mediaType }: Upload, bytes: Uint8Array): string =>
  `data:${typeOf(filename, mediaType)};base64,${btoa(latin1Of(bytes))}`

/** The type of a picture. Any other becomes plain bytes, so that no document comes of it, wherever a page puts the URI. */
function typeOf(filename: string, mediaType: string): string {
  if (/^image\/[\w.+-]+$/.test(mediaType)) return mediaType
  const [, extension = ''] = /\.(\w+)$/.exec(filename.toLowerCase()) ?? []
  return Object.hasOwn(TYPES, extension) ? `image/${TYPES[extension]}` : 'application/octet-stream'
}

/** By extension, for clients that send a file without its type. */
const TYPES: Readonly<Record<string, string>> = {
  ...{ png: 'png', gif: 'gif', webp: 'webp', avif: 'avif', bmp: 'bmp' },
  ...{ jpg: 'jpeg', jpeg: 'jpeg', svg: 'svg+xml' },
}

/** About the bytes that the data URIs of files take. */
export const sizeOfFiles = (files: ReadonlyMap<string, Uint8Array> = new Map()): number =>
  [...files.values()].reduce((sum, { length }) => sum + Math.ceil((length * 4) / 3), 0)
