import { Readable } from 'node:stream'
import busboy from 'busboy'
import { pointerTo } from '../spec/pointer.ts'
import type { Schema } from '../spec/schema.ts'
import { type Decoded, type DecodeFault, malformed } from './decoded.ts'

/** A file of a multipart body; its bytes are counted, not kept. `size` is in bytes. */
export interface UploadedFile {
  readonly filename: string
  readonly mediaType: string
  readonly size: number
}

/** True for what a part with a file name was decoded to. */
export function isUploadedFile(value: unknown): value is UploadedFile {
  return value !== null && typeof value === 'object' && 'filename' in value && 'size' in value
}

const LIMITS = { parts: 100, fieldSize: 1024 * 1024 }

/** Decodes multipart/form-data (RFC 7578). A property of format binary must come as a file, once. */
export async function readMultipart(body: Buffer, contentType: string, schema: Schema): Promise<Decoded> {
  try {
    return assemble(await readParts(body, contentType), schema)
  } catch (error) {
    return malformed(`well-formed multipart/form-data (${error instanceof Error ? error.message : 'unreadable'})`)
  }
}

type Part = readonly [name: string, value: string | UploadedFile]

function readParts(body: Buffer, contentType: string): Promise<Part[]> {
  return new Promise((resolve, reject) => {
    const parts: Part[] = []
    const parser = busboy({ headers: { 'content-type': contentType }, defParamCharset: 'utf8', limits: LIMITS })
    parser.on('field', (name, value) => parts.push([name, value]))
    parser.on('file', (name, file, { filename, mimeType }) => {
      let size = 0
      file.on('data', (chunk: Buffer) => {
        size += chunk.length
      })
      file.on('error', reject)
      file.on('end', () => parts.push([name, { filename: filename ?? '', mediaType: mimeType, size }]))
    })
    parser.on('error', reject)
    parser.on('partsLimit', () => reject(new Error(`more than ${LIMITS.parts} parts`)))
    parser.on('close', () => resolve(parts))
    Readable.from(body.length > 0 ? [body] : []).pipe(parser)
  })
}

function assemble(parts: readonly Part[], schema: Schema): Decoded {
  const value: Record<string, unknown> = {}
  const faults: DecodeFault[] = []
  for (const [name, property] of Object.entries(schema.properties)) {
    const came = parts.filter(([part]) => part === name).map(([, content]) => content)
    const [first] = came
    if (first === undefined) continue
    const fault = came.length > 1 ? 'one part' : faultOf(first, property)
    if (fault) faults.push({ pointer: pointerTo('', name), expected: fault })
    else value[name] = first
  }
  return { value, faults }
}

function faultOf(content: string | UploadedFile, { format }: Schema): string | undefined {
  if (format === 'binary') return isUploadedFile(content) ? undefined : 'a file: a part with a filename'
  return isUploadedFile(content) ? 'text: a part without a filename' : undefined
}
