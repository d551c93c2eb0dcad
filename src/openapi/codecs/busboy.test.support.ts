import busboy from 'busboy'
import { pointerTo } from '../json-pointer.ts'
import type { Schema } from '../schema.ts'
import { type Decoded, type DecodeFault, malformed } from './decoded.ts'
import { isUploadedFile, type UploadedFile } from './read-multipart.ts'

const MAX_PARTS = 100
const MAX_TEXT_BYTES = 1024 * 1024
/** Busboy reports both limits when they are reached, not when they are passed. */
const LIMITS = { parts: MAX_PARTS + 1, fieldSize: MAX_TEXT_BYTES + 1 }

/** Decodes multipart/form-data by busboy 1.6.0, for comparison with `read-multipart.ts`. */
export async function readByBusboy(body: Buffer, contentType: string, schema: Schema): Promise<Decoded> {
  const boundary = boundaryOf(contentType)
  if (boundary === undefined)
    return malformed(
      'multipart/form-data with a boundary of 1 to 70 characters in Content-Type; leave that header to FormData, which sets it',
    )
  try {
    return assemble(await readParts(withoutEpilogue(body, boundary), boundary), schema)
  } catch (error) {
    return malformed(`well-formed multipart/form-data (${error instanceof Error ? error.message : 'unreadable'})`)
  }
}

/** RFC 2046, section 5.1.1. */
const BOUNDARY = /^[\w'()+,./:=? -]{0,69}[\w'()+,./:=?-]$/

function boundaryOf(contentType: string): string | undefined {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]*)"|([^\s;"]+))/i.exec(contentType) ?? []
  const boundary = quoted ?? plain ?? ''
  return BOUNDARY.test(boundary) ? boundary : undefined
}

/** Busboy reads on after the closing delimiter, and waits for ever for the end of a file that begins there. */
function withoutEpilogue(body: Buffer, boundary: string): Buffer {
  const closing = Buffer.from(`--${boundary}--`)
  if (body.subarray(0, closing.length).equals(closing)) return closing
  const end = body.indexOf(`\r\n${closing}`)
  return end < 0 ? body : body.subarray(0, end + 2 + closing.length)
}

/** A part with either what it holds or what it should have been. */
interface Part {
  readonly name: string
  readonly content?: string | UploadedFile
  readonly fault?: string
}

function readParts(body: Buffer, boundary: string): Promise<Part[]> {
  const headers = { 'content-type': `multipart/form-data; boundary="${boundary}"` }
  return new Promise((resolve, reject) => {
    const parts: Part[] = []
    const parser = busboy({ headers, defParamCharset: 'utf8', limits: LIMITS })
    parser.on('field', (name, text, { valueTruncated }) => parts.push(textPart(name, text, valueTruncated, body)))
    parser.on('file', (name, file, { filename, mimeType }) => {
      let size = 0
      file.on('data', (chunk: Buffer) => {
        size += chunk.length
      })
      file.on('error', reject)
      file.on('end', () => parts.push(filePart(name, filename, mimeType, size)))
    })
    parser.on('error', reject)
    parser.on('partsLimit', () => reject(new Error(`more than ${MAX_PARTS} parts`)))
    parser.on('close', () => {
      const areNamed = parts.length === countParts(body, boundary) && parts.every(({ name }) => name)
      return areNamed ? resolve(parts) : reject(NAMELESS)
    })
    parser.end(body)
  })
}

/** Busboy passes over a part that it cannot name. */
const NAMELESS = new Error('a part without Content-Disposition: form-data and a name')

/** Every line that begins with the delimiter is one (RFC 2046, section 5.1.1); the last of them closes the body. */
function countParts(body: Buffer, boundary: string): number {
  const lines = Buffer.concat([Buffer.from('\r\n'), body])
  const delimiter = `\r\n--${boundary}`
  let count = -1
  for (let at = lines.indexOf(delimiter); at >= 0; at = lines.indexOf(delimiter, at + delimiter.length)) count += 1
  return count
}

/** UTF-16 may come with half of a pair, which is no character and in no URL. */
const UNPAIRED = /\p{Cs}/u

/** Busboy gives no text for a charset that it does not know, and U+FFFD for bytes that are not in the charset. */
function textPart(name: string, text: string | undefined, isTruncated: boolean, body: Buffer): Part {
  if (text === undefined || UNPAIRED.test(text)) return { name, fault: 'text in a known charset' }
  if (text.includes('\uFFFD') && !body.includes('\uFFFD'))
    return { name, fault: 'valid UTF-8, or text in the charset it names' }
  return isTruncated ? { name, fault: `text of at most ${MAX_TEXT_BYTES} bytes` } : { name, content: text }
}

/** Busboy takes a part of type application/octet-stream for a file even without a name, and '..' for no name. */
function filePart(name: string, filename: string | undefined, mediaType: string, size: number): Part {
  return filename && !UNPAIRED.test(filename) ? { name, content: { filename, mediaType, size } } : { name, fault: TEXT }
}

const FILE = 'a file: a part with a filename'
const TEXT = 'text: a part of type text/plain without a filename'

function assemble(parts: readonly Part[], schema: Schema): Decoded {
  const value: Record<string, unknown> = {}
  const faults: DecodeFault[] = []
  for (const [name, property] of Object.entries(schema.properties)) {
    const [first, ...more] = parts.filter((part) => part.name === name)
    if (first === undefined) continue
    const fault = more.length > 0 ? 'one part' : faultOf(first, property)
    if (fault) faults.push({ pointer: pointerTo('', name), expected: fault })
    else value[name] = first.content
  }
  return { value, faults }
}

function faultOf({ content, fault }: Part, { format }: Schema): string | undefined {
  if (format === 'binary') return isUploadedFile(content) ? undefined : FILE
  return isUploadedFile(content) ? TEXT : fault
}
