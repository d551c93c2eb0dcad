import { toCurl } from '../contract/curl.ts'
import { type Answer, type Interaction, isSuccess, mediaTypeOf } from '../contract/interaction.ts'
import { decodeContent } from '../http/answers/content-codings.ts'
import { publishedResponses, schemaOf } from '../http/answers/published.ts'
import type { Hide } from '../http/redaction/secret-values.ts'
import { unknownMembers } from '../openapi/codecs/project.ts'
import { tokensOf, valueAt } from '../openapi/json-pointer.ts'
import { successOf as documentedSuccess, type Operation } from '../openapi/operation.ts'
import type { Schema } from '../openapi/schema.ts'
import { listingOf } from '../ways/listing.ts'
import { type Case, type Extra, keyOf, type Seen } from '../ways/seen.ts'

/** How requests are printed, and how long a body may be. */
interface Surroundings {
  readonly baseUrl: string
  readonly hide: Hide
  readonly maxBytes: number
}

/** So many items of a list are kept, and bodies of so many bytes: no way is about longer ones. */
const MOST_ITEMS = 200
const MOST_LENGTH = 100_000
const OF_ITEMS = ['id', 'status']

/** An item of a list with its id and status; of other properties it only shows that they are there. */
function outlined(item: unknown): unknown {
  if (typeof item !== 'object' || item === null) return item
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, OF_ITEMS.includes(name) ? value : true]))
}

/** The names of elements come again and again, so that the beginning of a long text has them. It ends after a tag. */
const beginningOf = (text: string) =>
  text.length > MOST_LENGTH ? text.slice(0, text.lastIndexOf('>', MOST_LENGTH) + 1) : text

function kept(raw: unknown, length: number): unknown {
  if (Array.isArray(raw)) return raw.slice(0, MOST_ITEMS).map(outlined)
  return length > MOST_LENGTH ? undefined : raw
}

/** Dot segments of a path, escaped or not (RFC 3986, section 5.2.4). */
const DOTS = /\/(\.|%2e){1,2}(\/|$)/i

/**
 * The request of an interaction, to be found with another server too; undefined if it cannot be. A fetch takes dot segments
 * out of a path before it sends it, and a socket does not.
 */
export function readCase({ request, answer, operation, about }: Interaction): Case | undefined {
  if (answer === undefined || DOTS.test(request.path.split('?')[0] ?? '')) return undefined
  const asked = {
    operation: operation?.id ?? '',
    method: request.method,
    about,
    accept: request.headers.Accept ?? '',
    type: mediaTypeIn(request.headers['Content-Type']),
  }
  return { ...asked, key: keyOf(asked) }
}

/** Reads what ways need from an interaction; undefined if it cannot be compared. */
export function readSeen(interaction: Interaction, { baseUrl, hide, maxBytes }: Surroundings): Seen | undefined {
  const { request, answer, operation, expectation } = interaction
  const asked = readCase(interaction)
  if (answer === undefined || asked === undefined) return undefined
  const [path = '', query = ''] = request.path.split(/\?(.*)/s)
  const mediaType = mediaTypeOf(answer)
  const isRead = mediaType.endsWith('json') || mediaType === 'application/xml'
  const text = isRead ? textOf(answer, maxBytes) : ''
  const raw = mediaType.endsWith('json') ? jsonIn(text) : undefined
  // The names in a text that is no XML are anything.
  const elements =
    mediaType === 'application/xml' && interaction.problems.length === 0 ? elementsIn(beginningOf(text)) : []
  return {
    ...asked,
    isSecured: operation?.secured ?? false,
    offers: operation ? Object.keys(documentedSuccess(operation)?.content ?? {}) : [],
    success: operation ? publishedSuccess(operation) : '',
    expectation,
    path,
    query,
    sent: request.body && request.body.length <= MOST_LENGTH ? sentIn(asked.type, request.body.toString()) : undefined,
    status: answer.status,
    mediaType,
    hasBody: answer.bytes.length > 0,
    headers: answer.headers,
    raw: kept(raw, text.length),
    ...(Array.isArray(raw) && { list: listingOf(raw) }),
    extra: operation && isSuccess(interaction) ? extraIn(raw, elements, operation, mediaType) : [],
    elements,
    curl: () => toCurl(request, baseUrl, hide),
  }
}

const publishedSuccess = (operation: Operation) =>
  publishedResponses(operation).find(({ status }) => status === 'default' || /^2\d\d$/.test(status))?.status ?? ''

function sentIn(type: string, text: string): unknown {
  if (type === 'application/json') return jsonIn(text)
  return type === 'application/x-www-form-urlencoded' ? Object.fromEntries(new URLSearchParams(text)) : undefined
}

/** Properties that the document does not name, each once. XML has no types. */
function extraIn(raw: unknown, elements: readonly string[], operation: Operation, mediaType: string): Extra[] {
  const schema = schemaOf(operation, mediaType)
  if (!schema) return []
  if (mediaType === 'application/xml') {
    const known = namesIn(schema)
    const items = schema.type === 'array' ? 2 : 1
    return elements.slice(items).flatMap((name) => (known.has(name) ? [] : [{ name, type: 'in XML' }]))
  }
  const found = unknownMembers(raw, schema).map((pointer) => [
    tokensOf(pointer).at(-1) ?? '',
    typeOf(valueAt(raw, pointer)),
  ])
  return [...new Map(found.map(([name = '', type = '']) => [`${name} ${type}`, { name, type }])).values()]
}

function namesIn({ properties, items }: Schema, names = new Set<string>()): Set<string> {
  for (const [name, child] of Object.entries(properties)) namesIn(child, names.add(name))
  return items ? namesIn(items, names) : names
}

const typeOf = (value: unknown) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value)

const mediaTypeIn = (header = '') => header.split(';')[0]?.trim().toLowerCase() ?? ''

/** The text of a body; '' if it cannot be decoded. XML may be in UTF-16, by its mark. */
function textOf({ bytes, headers }: Answer, maxBytes: number): string {
  const content = decodeContent(bytes, headers['content-encoding'] ?? '', maxBytes)
  if (typeof content === 'string') return ''
  const [first, second] = content
  if (first === 0xff && second === 0xfe) return content.toString('utf16le')
  if (first === 0xfe && second === 0xff && content.length % 2 === 0)
    return Buffer.from(content).swap16().toString('utf16le')
  return content.toString()
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Parts of XML whose text may look like elements, by how they begin and end. */
const NO_ELEMENTS = [
  ['<![CDATA[', ']]>'],
  ['<!--', '-->'],
  ['<?', '?>'],
] as const

/** The text without what stands between a begin and the next end. */
function without(text: string, [begin, end]: readonly [begin: string, end: string]): string {
  const [before = '', ...parts] = text.split(begin)
  const after = (part: string) => (part.includes(end) ? part.slice(part.indexOf(end) + end.length) : '')
  return before + parts.map(after).join('')
}

/** The local names of the elements, each once. Texts in CDATA and comments are left out first. */
const elementsIn = (text: string): string[] => [
  ...new Set([...NO_ELEMENTS.reduce(without, text).matchAll(/<(?:[\w.-]+:)?([\w.-]+)/g)].map(([, name = '']) => name)),
]
