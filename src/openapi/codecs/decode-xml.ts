import { pointerTo } from '../json-pointer.ts'
import { setProperty } from '../own-property.ts'
import type { Schema } from '../schema.ts'
import { addBounded } from '../violation-limit.ts'
import { type Decoded, type DecodeFault, noteIgnored, SAFE_INTEGER, withIgnored } from './decoded.ts'
import type { XmlElement } from './xml-element.ts'

/** Decodes an element by its schema: types, repeated elements as lists, an absent required list as an empty one. */
export function decodeElement(element: XmlElement, schema: Schema): Decoded {
  const found: Found = { faults: [], ignored: [] }
  return withIgnored({ value: decode(element, schema, '', found), faults: found.faults }, found.ignored)
}

/** Places that could not be decoded, and those that were left out. */
interface Found {
  readonly faults: DecodeFault[]
  readonly ignored: string[]
}

function decode(element: XmlElement, schema: Schema, pointer: string, found: Found): unknown {
  if (schema.type === 'object') return decodeObject(element, schema, pointer, found)
  const { items } = schema
  if (schema.type === 'array' && items) {
    refuseText(element, pointer, found)
    return element.children.map((child, index) => decode(child, items, pointerTo(pointer, index), found))
  }
  return decodeText(element, schema, pointer, found)
}

function decodeObject(element: XmlElement, schema: Schema, pointer: string, found: Found) {
  refuseText(element, pointer, found)
  noteUnnamed(element, schema, pointer, found)
  const value: Record<string, unknown> = {}
  for (const [name, property] of Object.entries(schema.properties)) {
    const came = element.children.filter((child) => child.name === name)
    const decoded = decodeProperty(came, property, schema.required.includes(name), pointerTo(pointer, name), found)
    if (decoded !== undefined) setProperty(value, name, decoded)
  }
  return value
}

/** Elements that the schema does not name are left out; a closed schema allows none. */
function noteUnnamed({ children }: XmlElement, { properties, closed }: Schema, pointer: string, found: Found): void {
  for (const { name } of children) {
    if (Object.hasOwn(properties, name)) continue
    const at = pointerTo(pointer, name)
    if (closed) addBounded(found.faults, { pointer: at, expected: 'no element of this name', received: `<${name}>` })
    else noteIgnored(found.ignored, at)
  }
}

/** Between elements there may be space, for the eye. */
function refuseText({ text }: XmlElement, pointer: string, found: Found): void {
  if (CONTENT.test(text)) addBounded(found.faults, { pointer, expected: 'elements', received: text.trim() })
}

function decodeProperty(came: readonly XmlElement[], schema: Schema, required: boolean, at: string, found: Found) {
  const { items } = schema
  if (schema.type === 'array' && items) {
    return came.length > 0 || required
      ? came.map((child, index) => decode(child, items, pointerTo(at, index), found))
      : undefined
  }
  const [first, ...more] = came
  if (more.length > 0) addBounded(found.faults, { pointer: at, expected: 'one element', received: came.length })
  return first && decode(first, schema, at, found)
}

function decodeText({ children, text }: XmlElement, { type }: Schema, pointer: string, found: Found): unknown {
  if (children.length > 0) addBounded(found.faults, { pointer, expected: 'text', received: `<${children[0]?.name}>` })
  if (type === 'string' || type === undefined) return text
  const token = TOKEN.exec(text)?.[1] ?? ''
  if (type === 'boolean') return BOOLEANS.get(token) ?? text
  if (!(type === 'integer' ? INTEGER : NUMBER).test(token)) return text
  const number = Number(token)
  if (Number.isSafeInteger(number) || (Number.isFinite(number) && !Number.isInteger(number))) return number
  addBounded(found.faults, { pointer, expected: SAFE_INTEGER, received: token })
  return undefined
}

/** Space is what XML calls so (XML 1.0, 2.3): trim() and \s know more, which in XML is content. */
const CONTENT = /[^ \t\r\n]/
const TOKEN = /^[ \t\r\n]*([^ \t\r\n]+)[ \t\r\n]*$/

/** The lexical forms of XML Schema part 2, 3.2.2 and 3.3.13, less leading zeros and signs. */
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
])
const INTEGER = /^(0|-?[1-9][0-9]*)$/
const NUMBER = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$/
