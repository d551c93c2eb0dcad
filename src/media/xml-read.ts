import { SaxesParser } from 'saxes'
import type { Schema } from '../spec/schema.ts'
import { type Decoded, malformed } from './decoded.ts'
import { decodeElement } from './xml-decode.ts'
import { rootNameOf } from './xml-write.ts'

/** An element as it was read: children in order, and the text between them. */
export interface XmlElement {
  readonly name: string
  readonly children: XmlElement[]
  text: string
}

const LIMITS = { depth: 64, attributes: 32 }

/** Decodes an XML body by its schema. Text that is no value of the schema's type stays text, so that it is refused. */
export function readXml(text: string, schema: Schema, rootName: string = rootNameOf(schema)): Decoded {
  const root = parseXml(text)
  if (typeof root === 'string') return malformed(root)
  if (root.name !== rootName) return malformed(`XML with the root element ${rootName}, not ${root.name}`)
  return decodeElement(root, schema)
}

/** Reads well-formed XML 1.0 without a doctype, or says in words what else it should have been. */
export function parseXml(text: string): XmlElement | string {
  const parser = new SaxesParser({ xmlns: true })
  const stack: XmlElement[] = [{ name: '', children: [], text: '' }]
  const refuse = (expected: string) => {
    throw new MalformedXml(`${expected} (it breaks in line ${parser.line}, column ${parser.column})`)
  }
  parser.on('error', () => refuse('well-formed XML'))
  parser.on('doctype', () => refuse('XML without a DOCTYPE'))
  parser.on('xmldecl', ({ encoding = 'UTF-8' }) => {
    if (encoding.toUpperCase() !== 'UTF-8') refuse('XML in UTF-8')
  })
  parser.on('opentag', ({ name, attributes }) => {
    if (stack.length > LIMITS.depth) refuse(`XML of at most ${LIMITS.depth} levels`)
    if (Object.keys(attributes).length > LIMITS.attributes) refuse(`at most ${LIMITS.attributes} attributes`)
    stack.push(append(stack.at(-1), name))
  })
  parser.on('closetag', () => void stack.pop())
  const addText = (more: string) => {
    const top = stack.at(-1)
    if (top) top.text += more
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  return run(() => parser.write(text.startsWith('\uFEFF') ? text.slice(1) : text).close(), stack)
}

/** What saxes stops at, in words for the sender. */
class MalformedXml extends Error {}

function append(parent: XmlElement | undefined, name: string): XmlElement {
  const element: XmlElement = { name, children: [], text: '' }
  parent?.children.push(element)
  return element
}

function run(parse: () => void, stack: readonly XmlElement[]): XmlElement | string {
  const top = stack[0]
  try {
    parse()
  } catch (error) {
    if (error instanceof MalformedXml) return error.message
    throw error
  }
  return top?.children[0] ?? 'XML with a root element'
}
