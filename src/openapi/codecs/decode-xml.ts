import { pointerTo } from '../json-pointer.ts'
import { setProperty } from '../own-property.ts'
import type { Schema } from '../schema.ts'
import { addBounded } from '../violation-limit.ts'
import { type Decoded, type DecodeFault, SAFE_INTEGER } from './decoded.ts'
import type { XmlElement } from './xml-element.ts'

/** Decodes an element by its schema: types, repeated elements as lists, an absent required list as an empty one. */
export function decodeElement(element: XmlElement, schema: Schema): Decoded {
  const faults: DecodeFault[] = []
  return { value: decode(element, schema, '', faults), faults }
}

function decode(element: XmlElement, schema: Schema, pointer: string, faults: DecodeFault[]): unknown {
  if (schema.type === 'object') return decodeObject(element, schema, pointer, faults)
  const { items } = schema
  if (schema.type === 'array' && items) {
    refuseText(element, pointer, faults)
    return element.children.map((child, index) => decode(child, items, pointerTo(pointer, index), faults))
  }
  return decodeText(element, schema, pointer, faults)
}

function decodeObject(element: XmlElement, schema: Schema, pointer: string, faults: DecodeFault[]) {
  refuseText(element, pointer, faults)
  if (schema.closed) refuseUnnamed(element, schema, pointer, faults)
  const value: Record<string, unknown> = {}
  for (const [name, property] of Object.entries(schema.properties)) {
    const came = element.children.filter((child) => child.name === name)
    const decoded = decodeProperty(came, property, schema.required.includes(name), pointerTo(pointer, name), faults)
    if (decoded !== undefined) setProperty(value, name, decoded)
  }
  return value
}

/** Elements that the schema does not name are left out; a closed schema allows none. */
function refuseUnnamed({ children }: XmlElement, { properties }: Schema, pointer: string, faults: DecodeFault[]): void {
  for (const { name } of children)
    if (!Object.hasOwn(properties, name))
      addBounded(faults, {
        pointer: pointerTo(pointer, name),
        expected: 'no element of this name',
        received: `<${name}>`,
      })
}

/** Between elements there may be space, for the eye. */
function refuseText({ text }: XmlElement, pointer: string, faults: DecodeFault[]): void {
  if (CONTENT.test(text)) addBounded(faults, { pointer, expected: 'elements', received: text.trim() })
}

function decodeProperty(
  came: readonly XmlElement[],
  schema: Schema,
  required: boolean,
  at: string,
  faults: DecodeFault[],
) {
  const { items } = schema
  if (schema.type === 'array' && items) {
    return came.length > 0 || required
      ? came.map((child, index) => decode(child, items, pointerTo(at, index), faults))
      : undefined
  }
  const [first, ...more] = came
  if (more.length > 0) addBounded(faults, { pointer: at, expected: 'one element', received: came.length })
  return first && decode(first, schema, at, faults)
}

function decodeText({ children, text }: XmlElement, { type }: Schema, pointer: string, faults: DecodeFault[]): unknown {
  if (children.length > 0) addBounded(faults, { pointer, expected: 'text', received: `<${children[0]?.name}>` })
  if (type === 'string' || type === undefined) return text
  const token = TOKEN.exec(text)?.[1] ?? ''
  if (type === 'boolean') return BOOLEANS.get(token) ?? text
  if (!(type === 'integer' ? INTEGER : NUMBER).test(token)) return text
  const number = Number(token)
  if (Number.isSafeInteger(number) || (Number.isFinite(number) && !Number.isInteger(number))) return number
  addBounded(faults, { pointer, expected: SAFE_INTEGER, received: token })
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
