import { ApiError, type Violation } from '../../openapi/api-error.ts'
import { type Decoded, MAX_NODES, malformed } from '../../openapi/codecs/decoded.ts'
import { readForm } from '../../openapi/codecs/read-form.ts'
import { readJson, withDigits } from '../../openapi/codecs/read-json.ts'
import { readMultipart } from '../../openapi/codecs/read-multipart.ts'
import { readXml } from '../../openapi/codecs/read-xml.ts'
import type { Operation } from '../../openapi/operation.ts'
import type { Schema } from '../../openapi/schema.ts'
import { type BodyBytes, MAX_BODY_BYTES, type MockRequest, type RequestHeaders } from '../exchange/request.ts'

/** A decoded body. `mediaType` is absent if none came. */
export interface Body {
  readonly value: unknown
  readonly mediaType?: string
  /** The bytes after any Content-Encoding was undone. */
  readonly bytes: Uint8Array
  readonly violations: readonly Violation[]
  /** The JSON Pointers of what the decoder left out because the document does not name it. */
  readonly ignored?: readonly string[]
  /** The bytes of the files in it, by the name of their property. */
  readonly files?: ReadonlyMap<string, Uint8Array> | undefined
}

const NO_BYTES = new Uint8Array(0)
const NOTHING: Body = { value: undefined, bytes: NO_BYTES, violations: [] }

const NONE: readonly string[] = []

type Decoder = (bytes: Uint8Array, schema: Schema, contentType: string) => Decoded | Promise<Decoded>

const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const asText =
  (read: (text: string, schema: Schema, size: number) => Decoded): Decoder =>
  (bytes, schema) => {
    const text = textOf(bytes)
    return text === undefined ? malformed('valid UTF-8') : read(text, schema, bytes.length)
  }

/** A whole state may be larger than other bodies, and then has more records. */
const nodesFor = (size: number) => (size > MAX_BODY_BYTES ? Number.POSITIVE_INFINITY : MAX_NODES)

const DECODERS: Readonly<Record<string, Decoder>> = {
  'application/json': asText((text, _schema, size) => withDigits(readJson(text, nodesFor(size)))),
  'application/xml': asText((text, schema) => readXml(text, schema)),
  'application/x-www-form-urlencoded': asText(readForm),
  'multipart/form-data': (bytes, schema, contentType) => readMultipart(bytes, contentType, schema),
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return UTF_8.decode(bytes)
  } catch {
    return undefined
  }
}

/** Reads and decodes the body by its documented media type. The body of an operation that takes none is left unread. */
export async function readBody({ requestBody }: Operation, request: MockRequest): Promise<Body> {
  const most = requestBody?.maxBytes ?? MAX_BODY_BYTES
  refuseDeclaredSize(request.headers, most)
  if (requestBody === undefined) return NOTHING
  const bytes = requireBytes(await request.body(most), request.headers, most)
  if (bytes === undefined) return { ...NOTHING, violations: [{ pointer: '/body', expected: COMPLETE }] }
  const contentType = textOfHeader(request.headers['content-type'])
  if (bytes.length > 0) return decode(bytes, contentType, requestBody.content)
  if (!requestBody.required) return NOTHING
  if (contentType !== undefined) requireMediaType(contentType, Object.keys(requestBody.content))
  return missing(requestBody.content)
}

const COMPLETE = 'a body that came whole, in the Content-Encoding that it names'

const textOfHeader = (value: RequestHeaders[string]) => (value === undefined ? undefined : String(value))

function refuseDeclaredSize(headers: RequestHeaders, most: number): void {
  if (Number(headers['content-length'] ?? 0) > most) throw tooLarge(most)
}

/** The bytes; undefined if they came incomplete. Throws the 413 or 415 of those that cannot be read at all. */
function requireBytes(read: BodyBytes, headers: RequestHeaders, most: number): Uint8Array | undefined {
  if (read === 'too-large') throw tooLarge(most)
  if (read === 'unknown-coding') throw unknownCoding(textOfHeader(headers['content-encoding']))
  return read === 'incomplete' ? undefined : read
}

const tooLarge = (most: number) =>
  new ApiError(413, `Bodies may have up to ${most} bytes. Send a smaller one.`, [
    { pointer: '/body', expected: `at most ${most} bytes` },
  ])

const unknownCoding = (received: string | undefined) =>
  new ApiError(415, 'This server undoes gzip, deflate and br. Leave out any other Content-Encoding.', [
    { pointer: '/headers/content-encoding', expected: 'gzip, deflate, br or none', received },
  ])

function missing(content: Readonly<Record<string, Schema>>): Body {
  return {
    ...NOTHING,
    violations: [{ pointer: '/body', expected: `a body of type ${Object.keys(content).join(' or ')}` }],
  }
}

async function decode(
  bytes: Uint8Array,
  contentType: string | undefined,
  content: Readonly<Record<string, Schema>>,
): Promise<Body> {
  const mediaType = requireMediaType(contentType, Object.keys(content))
  const decoder = DECODERS[mediaType]
  const schema = content[mediaType]
  if (!decoder || !schema) throw new Error(`No decoder for ${mediaType}. Add one to src/mock/validation/body.ts.`)
  const { value, faults, ignored = NONE, files } = await decoder(bytes, schema, contentType ?? '')
  const violations = faults.map((fault) => ({ ...fault, pointer: `/body${fault.pointer}` }))
  return { value, mediaType, bytes, violations, ignored: ignored.map((pointer) => `/body${pointer}`), files }
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
