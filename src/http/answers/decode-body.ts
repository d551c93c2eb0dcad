import { TextDecoder } from 'node:util'
import { decodeElement } from '../../openapi/codecs/decode-xml.ts'
import type { Decoded } from '../../openapi/codecs/decoded.ts'
import { readJson } from '../../openapi/codecs/read-json.ts'
import { parseXml } from '../../openapi/codecs/read-xml.ts'
import type { XmlElement } from '../../openapi/codecs/xml-element.ts'
import { plainText } from '../../openapi/plain-text.ts'
import type { Schema } from '../../openapi/schema.ts'
import { type Answer, HugeAnswer } from './answer.ts'
import { CODINGS, decodeContent, unknownCodings } from './content-codings.ts'
import type { DecodeProblem } from './decode-problem.ts'
import { readExactly } from './exact-integers.ts'

export interface DecodedBody {
  readonly value: unknown
  readonly problems: readonly DecodeProblem[]
}

/**
 * Reads a body as JSON or XML by its schema. Problems do not stop it: the value holds all that could be read. Throws a
 * HugeAnswer if there is more than may be read.
 */
export function decodeBody(answer: Answer, mediaType: string, schema: Schema, maxBytes: number): DecodedBody {
  const encoding = answer.headers['content-encoding'] ?? ''
  const [unknown] = answer.bytes.length > 0 ? unknownCodings(encoding) : []
  if (unknown !== undefined) return failed('content-encoding', `one of ${CODINGS.join(', ')}`, unknown)
  const bytes = answer.bytes.length > 0 ? decodeContent(answer.bytes, encoding, maxBytes) : answer.bytes
  if (bytes === 'too long') throw new HugeAnswer(`more than it may have in Content-Encoding: ${encoding.slice(0, 60)}`)
  if (bytes === 'malformed') {
    const actual = `Content-Encoding: ${encoding}, and bytes that are not`
    return failed('content-encoding', 'bytes in the encoding that the header names', actual)
  }
  if (hasTooManyValues(bytes)) throw new HugeAnswer(`more than ${MOST_VALUES} values`)
  return mediaType === 'application/xml' ? decodeXml(bytes, answer, schema) : decodeJson(bytes, answer, schema)
}

/** A value takes up to sixty times the memory of its two bytes, so bytes alone are no bound. */
export const MOST_VALUES = 4_000_000
/** The bytes that begin or part values: comma, `<`, `[` and `{`. */
const MARKS: ReadonlySet<number> = new Set([0x2c, 0x3c, 0x5b, 0x7b])

/** Counts marks, in texts too: an answer with so many is too long either way. */
function hasTooManyValues(bytes: Buffer): boolean {
  if (bytes.length <= MOST_VALUES) return false
  let marks = 0
  for (const byte of bytes) if (MARKS.has(byte)) marks += 1
  return marks > MOST_VALUES
}

function failed(check: DecodeProblem['check'], expected: string, actual: string): DecodedBody {
  return { value: undefined, problems: [{ check, at: '', expected, actual }] }
}

const charsetOf = ({ headers }: Answer) =>
  /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(headers['content-type'] ?? '')?.[1]?.toLowerCase()

function decodeJson(bytes: Buffer, answer: Answer, schema: Schema): DecodedBody {
  const charset = charsetOf(answer) ?? 'utf-8'
  const problems: DecodeProblem[] = []
  if (!['utf-8', 'utf8', 'us-ascii'].includes(charset))
    problems.push({ check: 'charset', at: '', expected: 'JSON in UTF-8 (RFC 8259)', actual: `charset=${charset}` })
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
    problems.push({ check: 'byte-order-mark', at: '', expected: 'JSON without a byte-order mark', actual: 'EF BB BF' })
  const text = decodeText(bytes, 'utf-8')
  if (text === undefined || text.includes('\0')) {
    return failed('charset', 'JSON in UTF-8 (RFC 8259)', `bytes that are not: ${bytes.subarray(0, 16).toString('hex')}`)
  }
  const { value, faults } = readExactly(readJson(text), schema)
  const wrong = faults.map(
    ({ pointer, expected }): DecodeProblem => ({
      check: 'well-formed',
      at: pointer,
      expected,
      actual: text.slice(0, 60),
    }),
  )
  return { value, problems: [...problems, ...wrong] }
}

function decodeText(bytes: Buffer, charset: string): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Bytes in which an XML declaration ends. */
const DECLARATION = 1024
const DECLARED = /^<\?xml[^>]*?\sencoding\s*=\s*["']([^"']+)["']/

/** The encoding that a byte-order mark shows, before anything is read (XML 1.0, section F.1). */
function markOf([first, second]: Buffer): string | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined
}

function decodeXml(bytes: Buffer, answer: Answer, schema: Schema): DecodedBody {
  const declared = DECLARED.exec(
    bytes
      .subarray(0, DECLARATION)
      .toString('latin1')
      .replace(/^\xef\xbb\xbf/, ''),
  )?.[1]
  const charset = markOf(bytes) ?? charsetOf(answer) ?? declared?.toLowerCase() ?? 'utf-8'
  const isWide = charset.startsWith('utf-16') && bytes.indexOf(0) < 0
  const text = isWide ? undefined : decodeText(bytes, charset)
  if (text === undefined) return failed('charset', `XML in ${charset}, as it says`, 'bytes in another encoding')
  const decode = schema.type === 'array' ? decodeList : decodeRecord
  const { root, decoded } = decode(text.replace(/(^<\?xml[^>]*?\sencoding\s*=\s*["'])[^"']+/, '$1UTF-8'), schema)
  if (decoded === undefined) return failed('well-formed', root, text.slice(0, 60))
  const problems: DecodeProblem[] = []
  if (schema.type === 'object' && schema.name && root !== schema.name)
    problems.push({ check: 'xml-root', at: '', expected: `<${schema.name}>`, actual: `<${root}>` })
  const { value, faults } = readExactly(decoded, schema)
  const wrong = faults.map(
    ({ pointer, expected, received }): DecodeProblem => ({
      check: 'xml-types',
      at: pointer,
      expected,
      actual: plainText(received ?? 'something else'),
    }),
  )
  return { value, problems: [...problems, ...wrong] }
}

/** The name of the root with what it holds, or what it should have been instead of well-formed XML. */
interface DecodedRoot {
  readonly root: string
  readonly decoded: Decoded | undefined
}

function decodeRecord(text: string, schema: Schema): DecodedRoot {
  const element = parseXml(text, MOST_VALUES)
  return typeof element === 'string'
    ? { root: element, decoded: undefined }
    : { root: element.name, decoded: decodeElement(element, schema) }
}

/** Decodes each item as it ends: the tree of a long list takes many times the memory of its records. */
function decodeList(text: string, { items, ...list }: Schema): DecodedRoot {
  const value: unknown[] = []
  const faults: Decoded['faults'][number][] = []
  const take = (element: XmlElement) => {
    const item = items ? decodeElement(element, items) : { value: undefined, faults: [] }
    faults.push(...item.faults.map((fault) => ({ ...fault, pointer: `/${value.length}${fault.pointer}` })))
    value.push(item.value)
  }
  const root = parseXml(text, MOST_VALUES, take)
  if (typeof root === 'string') return { root, decoded: undefined }
  const around = decodeElement(root, { ...list, ...(items && { items }) }).faults
  return { root: root.name, decoded: { value, faults: [...around, ...faults] } }
}
