import { printableLines } from '../../http/printable.ts'
import { carriedByXml } from '../../openapi/codecs/xml-characters.ts'

/** An XML element with children or text. */
export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string | number>>
  readonly children: readonly Element[]
  readonly text?: string
}

/** Writes an element and its children, each on a line of its own. */
export function writeElement({ name, attributes, children, text }: Element, indent = ''): string {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeAttribute(String(value))}"`)
  const start = `${indent}<${name}${pairs.join('')}`
  if (text !== undefined) return `${start}>${escapeText(text)}</${name}>`
  if (children.length === 0) return `${start}/>`
  const lines = children.map((child) => writeElement(child, `${indent}  `))
  return [`${start}>`, ...lines, `${indent}</${name}>`].join('\n')
}

/** Spaces other than the blank are escaped, or a parser would turn them into blanks (XML 1.0, section 3.3.3). */
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
}

const escapeAttribute = (text: string) =>
  printableLines(carriedByXml(text, '')).replace(/[&<"\t\n\r]/g, (character) => ESCAPES[character] ?? character)

/** `]]>` must not stand in text (XML 1.0, section 2.4), and a carriage return would be read as a line feed. */
const escapeText = (text: string) =>
  printableLines(carriedByXml(text, '')).replace(/[&<>\r]/g, (character) => ESCAPES[character] ?? '&gt;')
