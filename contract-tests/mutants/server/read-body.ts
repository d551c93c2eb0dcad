import { readMultipart, readPairs } from './forms.ts'
import { type Handling, JSON_TYPE, Refusal, XML_TYPE } from './handling.ts'
import { FORM_TYPE, type Operation } from './operations.ts'
import { readXml } from './xml.ts'

/** Decodes the body by its Content-Type: undefined where there is none. Refuses an undeclared type and malformed content. */
export function readBody({ request }: Handling, { body: declared, refuses }: Operation): unknown {
  const header = request.headers['content-type']
  if (declared === undefined || (request.body.length === 0 && (header === undefined || !declared.required)))
    return undefined
  const type = (header ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  if (!declared.types.includes(type) || !/^utf-?8$/i.test(charsetOf(header))) {
    throw new Refusal(415, `Send ${declared.types.join(' or ')}.`)
  }
  try {
    return decodeAs(type, header ?? '', request.body, declared)
  } catch (error) {
    throw new Refusal(refuses.body, error instanceof Error ? error.message : 'Malformed body')
  }
}

const charsetOf = (header = '') => /charset="?([\w-]+)/i.exec(header)?.[1] ?? 'utf-8'

function decodeAs(
  type: string,
  header: string,
  bytes: Buffer,
  { schema, root = '' }: NonNullable<Operation['body']>,
): unknown {
  if (type.startsWith('multipart/')) return Object.fromEntries(readMultipart(bytes, header))
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  if (type === JSON_TYPE) return JSON.parse(text)
  if (type === XML_TYPE) return readXml(text, root, schema)
  if (type !== FORM_TYPE) throw new TypeError(`No reader for ${type}`)
  return Object.fromEntries([...readPairs(text)].map(([name, [value]]) => [name, value]))
}
