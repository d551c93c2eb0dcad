import { ownProperty } from '../own-property.ts'
import type { Schema } from '../schema.ts'
import { writtenOnce } from './text-cache.ts'
import { carriedByXml } from './xml-characters.ts'

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'

/** The name of the root element: the schema's own, its plural for a list, or the type's. */
export function rootNameOf(schema: Schema): string {
  if (schema.type === 'array' && schema.items) return `${rootNameOf(schema.items)}s`
  return schema.name ?? schema.type ?? 'value'
}

/** Writes a value that conforms to the schema: documented properties, in the schema's order, lists unwrapped. */
export function writeXml(value: unknown, schema: Schema, rootName: string): string {
  if (!Array.isArray(value)) return writeDocument(rootName, writerOf(schema)(value))
  return rootName === rootNameOf(schema)
    ? writerOf(schema)(value)
    : writeDocument(rootName, writeContent(value, schema))
}

const writeDocument = (rootName: string, content: string) => `${DECLARATION}<${rootName}>${content}</${rootName}>`

/**
 * By schema, what writes the content of a record, or the whole document of a list that the store remembers: once and for
 * all. To put a long list and its root together anew would copy it for each answer.
 */
const writers = new WeakMap<Schema, (value: unknown) => string>()

function writerOf(schema: Schema): (value: unknown) => string {
  const writer = writers.get(schema) ?? writtenOnce((value) => writeWhole(value, schema))
  writers.set(schema, writer)
  return writer
}

function writeWhole(value: unknown, schema: Schema): string {
  const { items } = schema
  if (!Array.isArray(value) || !items) return writeContent(value, schema)
  const name = rootNameOf(items)
  const write = items.items ? (item: unknown) => writeContent(item, items) : writerOf(items)
  return writeDocument(rootNameOf(schema), value.map((item) => `<${name}>${write(item)}</${name}>`).join(''))
}

function writeElement(name: string, value: unknown, schema: Schema): string {
  return `<${name}>${writeContent(value, schema)}</${name}>`
}

function writeContent(value: unknown, schema: Schema): string {
  if (Array.isArray(value)) return writeItems(value, schema.items)
  if (value === null || typeof value !== 'object') return escapeText(String(value))
  let content = ''
  for (const name in schema.properties)
    content += writeProperty(name, ownProperty(value, name), schema.properties[name])
  return content
}

/** The items of a list that is itself the document: each is named by its schema. */
function writeItems(items: readonly unknown[], schema: Schema | undefined): string {
  return schema ? writeRepeated(rootNameOf(schema), items, schema) : ''
}

function writeRepeated(name: string, items: readonly unknown[], schema: Schema): string {
  let elements = ''
  for (const item of items) elements += writeElement(name, item, schema)
  return elements
}

function writeProperty(name: string, value: unknown, schema: Schema | undefined): string {
  if (value === undefined || schema === undefined) return ''
  if (Array.isArray(value) && schema.items) return writeRepeated(name, value, schema.items)
  return writeElement(name, value, schema)
}

/** Few texts need any change: all but &, <, >, carriage returns, other controls, surrogates and U+FFFE and U+FFFF is plain. */
const SUSPECT = /[^\t\n -%'-;=?-\uD7FF\uE000-\uFFFD]/
const SPECIAL = /[&<>\r]/g
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' }
function escapeText(text: string): string {
  if (!SUSPECT.test(text)) return text
  return carriedByXml(text).replace(SPECIAL, (character) => ESCAPES[character] ?? character)
}
