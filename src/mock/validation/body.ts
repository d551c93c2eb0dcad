import { isUtf8 } from 'node:buffer'
import type { Request, Response } from 'express'
import express from 'express'
import { ApiError, type Violation } from '../../openapi/api-error.ts'
import { type Decoded, malformed } from '../../openapi/codecs/decoded.ts'
import { readForm } from '../../openapi/codecs/read-form.ts'
import { readJson, withDigits } from '../../openapi/codecs/read-json.ts'
import { readMultipart } from '../../openapi/codecs/read-multipart.ts'
import { readXml } from '../../openapi/codecs/read-xml.ts'
import type { Operation } from '../../openapi/operation.ts'
import type { Schema } from '../../openapi/schema.ts'

/** A decoded body. `mediaType` is absent where none came. */
export interface Body {
  readonly value: unknown
  readonly mediaType?: string
  /** As it came, after any Content-Encoding was undone. */
  readonly bytes: Buffer
  readonly violations: readonly Violation[]
}

const LIMIT_BYTES = 10 * 1024 * 1024
const NO_BYTES = Buffer.alloc(0)
const NOTHING: Body = { value: undefined, bytes: NO_BYTES, violations: [] }

type Decoder = (bytes: Buffer, schema: Schema, contentType: string) => Decoded | Promise<Decoded>

const asText =
  (read: (text: string, schema: Schema) => Decoded): Decoder =>
  (bytes, schema) =>
    isUtf8(bytes) ? read(bytes.toString(), schema) : malformed('valid UTF-8')

const DECODERS: Readonly<Record<string, Decoder>> = {
  'application/json': asText((text) => withDigits(readJson(text))),
  'application/xml': asText(readXml),
  'application/x-www-form-urlencoded': asText(readForm),
  'multipart/form-data': (bytes, schema, contentType) => readMultipart(bytes, contentType, schema),
}

/** Stands for the body of an operation that takes none: it is not looked at, unless it says that it is too large. */
export function ignoreBody(req: Request): Body {
  refuseDeclaredSize(req.headers['content-length'])
  return NOTHING
}

/** Reads and decodes the body by its documented media type. */
export async function readBody({ requestBody }: Operation, req: Request, res: Response): Promise<Body> {
  if (requestBody === undefined) return ignoreBody(req)
  refuseDeclaredSize(req.headers['content-length'])
  const bytes = await readBytes(req, res)
  if (typeof bytes === 'string') return { ...NOTHING, violations: [{ pointer: '/body', expected: bytes }] }
  const contentType = req.headers['content-type']
  if (bytes.length === 0 && contentType === undefined)
    return requestBody.required ? missing(requestBody.content) : NOTHING
  return decode(bytes, contentType, requestBody.content)
}

function refuseDeclaredSize(contentLength: string | undefined): void {
  if (Number(contentLength ?? 0) > LIMIT_BYTES) throw tooLarge()
}

const tooLarge = () =>
  new ApiError(413, `Bodies may have up to ${LIMIT_BYTES} bytes. Send a smaller one.`, [
    { pointer: '/body', expected: `at most ${LIMIT_BYTES} bytes` },
  ])

function missing(content: Readonly<Record<string, Schema>>): Body {
  return {
    value: undefined,
    bytes: NO_BYTES,
    violations: [{ pointer: '/body', expected: `a body of type ${Object.keys(content).join(' or ')}` }],
  }
}

function decode(
  bytes: Buffer,
  contentType: string | undefined,
  content: Readonly<Record<string, Schema>>,
): Body | Promise<Body> {
  const mediaType = requireMediaType(contentType, Object.keys(content))
  const decoder = DECODERS[mediaType]
  const schema = content[mediaType]
  if (!decoder || !schema) throw new Error(`No decoder for ${mediaType}. Add one to ${import.meta.filename}.`)
  const decoded = decoder(bytes, schema, contentType ?? '')
  return decoded instanceof Promise
    ? decoded.then((late) => bodyFrom(late, mediaType, bytes))
    : bodyFrom(decoded, mediaType, bytes)
}

function bodyFrom({ value, faults }: Decoded, mediaType: string, bytes: Buffer): Body {
  const violations = faults.map((fault) => ({ ...fault, pointer: `/body${fault.pointer}` }))
  return { value, mediaType, bytes, violations }
}

/** Refuses an undeclared type, and a charset other than UTF-8. */
function requireMediaType(contentType: string | undefined, declared: readonly string[]): string {
  if (contentType !== undefined && declared.includes(contentType)) return contentType
  const [type = '', ...parameters] = (contentType ?? '').split(';').map((part) => part.trim().toLowerCase())
  const charset = parameters
    .find((parameter) => parameter.startsWith('charset='))
    ?.slice('charset='.length)
    .replaceAll('"', '')
  const isKnown = declared.includes(type) && (charset === undefined || ['utf-8', 'utf8', 'us-ascii'].includes(charset))
  if (isKnown) return type
  throw new ApiError(415, `This operation takes ${declared.join(' or ')} in UTF-8. Set Content-Type to it.`, [
    {
      pointer: '/headers/content-type',
      expected: declared.join(' or '),
      ...(contentType !== undefined && { received: contentType }),
    },
  ])
}

/** The bytes after any Content-Encoding was undone, at most the limit; or, in words, what they should have been. */
function readBytes(req: Request, res: Response): Promise<Buffer | string> {
  const { 'content-length': length, 'content-encoding': encoding } = req.headers
  return length !== undefined && encoding === undefined ? readDeclared(req) : readAny(req, res)
}

const NOT_WHOLE = 'a body that came whole, in the Content-Encoding that it names'

/** Reads a body of a known length, which was found to be within the limit; Node sees to it that no more comes. */
function readDeclared(req: Request): Promise<Buffer | string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => resolve(Buffer.concat(chunks)))
    req.on('error', () => resolve(NOT_WHOLE))
  })
}

function readAny(req: Request, res: Response): Promise<Buffer | string> {
  return new Promise((resolve, reject) => {
    express.raw({ type: () => true, limit: LIMIT_BYTES })(req, res, (error?: unknown) => {
      const { status } = (error ?? {}) as { status?: number }
      if (error === undefined) resolve(Buffer.isBuffer(req.body) ? req.body : NO_BYTES)
      else if (status === 400) resolve(NOT_WHOLE)
      else reject(asRefusal(error, status, req.headers['content-encoding']))
    })
  })
}

/** The reader's own errors carry the status that HTTP asks for. */
function asRefusal(error: unknown, status: number | undefined, encoding: string | undefined): unknown {
  if (status === 413) return tooLarge()
  if (status !== 415) return error
  return new ApiError(415, 'This server undoes gzip, deflate and br. Leave out any other Content-Encoding.', [
    { pointer: '/headers/content-encoding', expected: 'gzip, deflate, br or none', received: encoding },
  ])
}
