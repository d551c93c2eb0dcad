import type { Schema } from '../spec/schema.ts'

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'

/** The name of the root element: the schema's own, its plural for a list, or the type's. */
export function rootNameOf(schema: Schema): string {
  if (schema.type === 'array' && schema.items) return `${rootNameOf(schema.items)}s`
  return schema.name ?? schema.type ?? 'value'
}

/** Writes a value that conforms to the schema: documented properties, in the schema's order, lists unwrapped. */
export function writeXml(value: unknown, schema: Schema, rootName: string): string {
  return DECLARATION + writeElement(rootName, value, schema)
}

function writeElement(name: string, value: unknown, schema: Schema): string {
  return `<${name}>${writeContent(value, schema)}</${name}>`
}

function writeContent(value: unknown, schema: Schema): string {
  if (Array.isArray(value)) return value.map((item) => writeItem(item, schema.items)).join('')
  if (value === null || typeof value !== 'object') return escapeText(String(value))
  return Object.entries(schema.properties)
    .map(([name, child]) => writeProperty(name, Reflect.get(value, name), child))
    .join('')
}

const writeItem = (item: unknown, schema: Schema | undefined) =>
  schema ? writeElement(rootNameOf(schema), item, schema) : ''

function writeProperty(name: string, value: unknown, schema: Schema): string {
  if (value === undefined) return ''
  const { items } = schema
  if (Array.isArray(value) && items) return value.map((item) => writeElement(name, item, items)).join('')
  return writeElement(name, value, schema)
}

const SPECIAL = /[&<>\r]/g
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' }
/** Whatever is no Char of XML 1.0 (section 2.2), lone surrogates included. */
const UNCARRIED = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

function escapeText(text: string): string {
  return text.replace(UNCARRIED, '\uFFFD').replace(SPECIAL, (character) => ESCAPES[character] ?? character)
}
