import { pointerTo } from '../json-pointer.ts'
import { setProperty } from '../own-property.ts'
import type { Schema } from '../schema.ts'
import { bytesOfLatin1, decodeText } from './charset.ts'
import { type Decoded, type DecodeFault, malformed, noteIgnored, withIgnored } from './decoded.ts'
import { readContentType, readDisposition } from './header-parameters.ts'
import { indexOfBytes } from './index-of-bytes.ts'
import { MultipartError, type RawPart, splitMultipart } from './split-multipart.ts'

/** A file of a multipart body. `size` is in bytes, which stand beside the value: no journal or log repeats them. */
export interface UploadedFile {
  readonly filename: string
  readonly mediaType: string
  readonly size: number
}

/** True for what a part with a file name was decoded to. */
export function isUploadedFile(value: unknown): value is UploadedFile {
  return value !== null && typeof value === 'object' && 'filename' in value && 'size' in value
}

export const MAX_PARTS = 100
export const MAX_TEXT_BYTES = 1024 * 1024

/**
 * Decodes multipart/form-data (RFC 7578). A property of format binary must come as a file, once. The same code runs in Node
 * and in a page; busboy needs Node's streams, and no parser for pages keeps the charsets and refusals that it has.
 */
export function readMultipart(body: Uint8Array, contentType: string, schema: Schema): Decoded {
  const boundary = boundaryOf(contentType)
  if (boundary === undefined)
    return malformed(
      'multipart/form-data with a boundary of 1 to 70 characters in Content-Type; leave that header to FormData, which sets it',
    )
  try {
    const replaces = indexOfBytes(body, REPLACEMENT) >= 0
    return assemble(
      splitMultipart(body, boundary, MAX_PARTS).map((part) => readPart(part, replaces)),
      schema,
    )
  } catch (error) {
    if (error instanceof MultipartError) return malformed(`well-formed multipart/form-data (${error.message})`)
    throw error
  }
}

/** RFC 2046, section 5.1.1. */
const BOUNDARY = /^[\w'()+,./:=? -]{0,69}[\w'()+,./:=?-]$/

function boundaryOf(contentType: string): string | undefined {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]*)"|([^\s;"]+))/i.exec(contentType) ?? []
  const boundary = quoted ?? plain ?? ''
  return BOUNDARY.test(boundary) ? boundary : undefined
}

/** A part with either what it holds or what it should have been. */
interface Part {
  readonly name: string
  readonly content?: string | UploadedFile
  /** The bytes of a file. */
  readonly bytes?: Uint8Array
  readonly fault?: string
}

/** `mayReplace` says that U+FFFD was sent, and so does not show broken text. */
function readPart({ headers, content }: RawPart, mayReplace: boolean): Part {
  const disposition = readDisposition(headers.get('content-disposition') ?? '')
  const name = disposition?.value === 'form-data' ? disposition.parameters.get('name') : undefined
  if (!disposition || !name) throw NAMELESS
  const type = readContentType(headers.get('content-type') ?? '')
  const mediaType = type?.value ?? 'text/plain'
  const filename = disposition.parameters.get('filename*') || disposition.parameters.get('filename') || undefined
  return filename !== undefined || mediaType === 'application/octet-stream'
    ? filePart(name, baseNameOf(filename ?? ''), mediaType, content)
    : textPart(name, content, type?.parameters.get('charset') ?? 'utf-8', mayReplace)
}

const NAMELESS = new MultipartError('a part without Content-Disposition: form-data and a name')

/** The last segment of a path of any system; none for a directory. */
function baseNameOf(path: string): string {
  const last = path.split(/[/\\]/).at(-1) ?? ''
  return last === '.' || last === '..' ? '' : last
}

/** UTF-16 may come with half of a pair, which is no character and in no URL. */
const UNPAIRED = /\p{Cs}/u

const REPLACEMENT = bytesOfLatin1('\xEF\xBF\xBD')

function textPart(name: string, bytes: Uint8Array, charset: string, mayReplace: boolean): Part {
  const text = decodeText(bytes.subarray(0, MAX_TEXT_BYTES + 1), charset)
  if (text === undefined || UNPAIRED.test(text)) return { name, fault: 'text in a known charset' }
  if (text.includes('\uFFFD') && !mayReplace) return { name, fault: 'valid UTF-8, or text in the charset it names' }
  return bytes.length > MAX_TEXT_BYTES
    ? { name, fault: `text of at most ${MAX_TEXT_BYTES} bytes` }
    : { name, content: text }
}

/** A part of type application/octet-stream is a file even without a name. */
function filePart(name: string, filename: string, mediaType: string, bytes: Uint8Array): Part {
  return filename && !UNPAIRED.test(filename)
    ? { name, content: { filename, mediaType, size: bytes.length }, bytes }
    : { name, fault: TEXT }
}

const FILE = 'a file: a part with a filename'
const TEXT = 'text: a part of type text/plain without a filename'

function assemble(parts: readonly Part[], schema: Schema): Decoded {
  const value: Record<string, unknown> = {}
  const faults: DecodeFault[] = []
  const ignored: string[] = []
  const files = new Map<string, Uint8Array>()
  for (const { name } of parts) if (!Object.hasOwn(schema.properties, name)) noteIgnored(ignored, pointerTo('', name))
  for (const [name, property] of Object.entries(schema.properties)) {
    const [first, ...more] = parts.filter((part) => part.name === name)
    if (first === undefined) continue
    const fault = more.length > 0 ? 'one part' : faultOf(first, property)
    if (fault) faults.push({ pointer: pointerTo('', name), expected: fault })
    else {
      setProperty(value, name, first.content)
      if (first.bytes) files.set(name, first.bytes)
    }
  }
  return withIgnored({ value, faults, ...(files.size > 0 && { files }) }, ignored)
}

function faultOf({ content, fault }: Part, { format }: Schema): string | undefined {
  if (format === 'binary') return isUploadedFile(content) ? undefined : FILE
  return isUploadedFile(content) ? TEXT : fault
}
