import { pick, type Stream } from '../../../fixtures/stream.ts'
import { isObject } from '../../../src/openapi/json-object.ts'
import { happens } from './words.ts'

/** JSON of the value: plain, or spelled in one of the other ways that say the same (RFC 8259). */
export function spellJson(stream: Stream, value: unknown): string {
  if (happens(stream, 0.6)) return JSON.stringify(value)
  return pick(stream, JSON_SPELLINGS)(value)
}

const JSON_SPELLINGS: readonly ((value: unknown) => string)[] = [
  (value) => JSON.stringify(value, null, 2),
  (value) => ` \r\n\t${JSON.stringify(value, null, '\t')}\n `,
  (value) => JSON.stringify(value).replace(/[^ -~]/g, escapeUnit),
  (value) => JSON.stringify(value).replaceAll('/', '\\/'),
  (value) => JSON.stringify(inOppositeOrder(value)),
  (value) => JSON.stringify(withMore(value, 'unknownField', { deep: [1, -2.5e-3, 'x', null, true, false, []] })),
  (value) => JSON.stringify(withMore(value, 'more', 1e21)),
  (value) => JSON.stringify(value).replaceAll('":', '" : ').replaceAll(',"', ' , "'),
  (value) => JSON.stringify(value).replaceAll('"name":', '"n\\u0061me":'),
]

const escapeUnit = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`

function inOppositeOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOppositeOrder)
  return isObject(value) ? Object.fromEntries(Object.entries(value).reverse()) : value
}

/** The document allows properties that it does not name. */
function withMore(value: unknown, name: string, more: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => withMore(item, name, more))
  return isObject(value) ? { ...value, [name]: more } : value
}

/** One escape of the text for XML, by turns. */
function escapeXml(stream: Stream, text: string): string {
  if (happens(stream, 0.15) && !text.includes(']]>')) return `<![CDATA[${text}]]>`
  const escaped = text.replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter)
  if (happens(stream, 0.2)) return escaped.replace(/[^ -~]/gu, (letter) => `&#x${letter.codePointAt(0)?.toString(16)};`)
  return happens(stream, 0.1) ? escaped.replace(/[a-z]/i, (letter) => `&#${letter.charCodeAt(0)};`) : escaped
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** The elements of a value under a name; a list repeats its element. */
function elements(stream: Stream, name: string, value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => elements(stream, name, item))
  const inside = isObject(value)
    ? Object.entries(value).flatMap(([child, inner]) => elements(stream, child, inner))
    : [escapeXml(stream, String(value))]
  return [`<${name}>${inside.join('')}</${name}>`]
}

/** XML of a pet: plain, or spelled in one of the other ways that say the same (XML 1.0). */
export function spellXml(stream: Stream, pet: unknown): string {
  const xml = elements(stream, 'Pet', pet).join('')
  return happens(stream, 0.4) ? xml : pick(stream, XML_SPELLINGS)(xml)
}

const XML_SPELLINGS: readonly ((xml: string) => string)[] = [
  (xml) => `<?xml version="1.0" encoding="UTF-8"?>${xml}`,
  (xml) => `<?xml version='1.0'?>\n${xml}\n`,
  (xml) => `<!-- <Pet> -->${xml}<!-- end -->`,
  (xml) => xml.replace('<name>', '<?note a?><name>'),
  (xml) => xml.replace('<id>', '\n  <id>').replace('<status>', '\r\n\t<status>'),
  (xml) => xml.replace(/<(\/?[a-zA-Z]+)>/g, '<$1 >'),
  (xml) => xml.replace('</Pet>', '<unknown><deep a="1">x</deep></unknown></Pet>'),
  (xml) => xml.replace('</name>', '<!-- a --></name>'),
]

/** Text that is no XML any more. */
export const breakXml = (stream: Stream, xml: string): string =>
  pick(stream, [
    xml.slice(0, 1 + Math.floor(stream.next() * (xml.length - 2))),
    xml.replace('</Pet>', '</pet>'),
    xml.replace('</Pet>', ''),
    `${xml}${xml}`,
    `${xml}text`,
    xml.replace('</name>', ' & </name>'),
    xml.replace('</name>', '&nothing;</name>'),
    xml.replace('</name>', ' < </name>'),
    xml.replace('<name>', '<name a=1>'),
    xml.replace('</status>', '</name>'),
    'text',
    '<Pet',
  ])

/** XML in which one element has what its type does not take. */
export const spoilXml = (stream: Stream, xml: string): string =>
  pick(stream, [
    xml.replace(/<status>.*?<\/status>/, '<status>solt</status>'),
    xml.replace(/<id>.*?<\/id>/, '<id>x</id>'),
    xml.replace(/<id>.*?<\/id>/, '<id>1.5</id>'),
    xml.replace(/<id>.*?<\/id>/, '<id/>'),
    xml.replace(/<name>.*?<\/name>/s, ''),
    xml.replace('</Pet>', '<tags><id>x</id></tags></Pet>'),
    '<Pet/>',
  ])
