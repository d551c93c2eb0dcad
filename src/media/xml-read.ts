import { SaxesParser } from 'saxes'
import type { Schema } from '../spec/schema.ts'
import { type Decoded, MAX_DEPTH, malformed } from './decoded.ts'
import { decodeElement } from './xml-decode.ts'
import { rootNameOf } from './xml-write.ts'

/** An element as it was read: children in order, and the text between them. */
export interface XmlElement {
  readonly name: string
  readonly children: XmlElement[]
  text: string
}

const MAX_ATTRIBUTES = 32

/** A document that calls itself XML 1.1 gets no control characters by it; namespaces make unbound prefixes errors. */
const PARSER_OPTIONS = { xmlns: true, defaultXMLVersion: '1.0', forceXMLVersion: true } as const

/**
 * Decodes an XML body by its schema. Text that is no value of the schema's type stays text, so that it is refused. The
 * root is the schema's own; the document names none for a list, whose root is free unless `rootName` is given.
 */
export function readXml(text: string, schema: Schema, rootName = documentedRoot(schema)): Decoded {
  const root = parseXml(text)
  if (typeof root === 'string') return malformed(root)
  if (rootName !== undefined && root.name !== rootName)
    return malformed(`XML with the root element ${rootName}, not ${root.name}`)
  return decodeElement(root, schema)
}

const documentedRoot = (schema: Schema): string | undefined =>
  schema.type === 'array' ? undefined : rootNameOf(schema)

/** Reads well-formed XML 1.0 without a doctype, or says in words what else it should have been. */
export function parseXml(text: string): XmlElement | string {
  const parser = new SaxesParser(PARSER_OPTIONS)
  const stack: XmlElement[] = [{ name: '', children: [], text: '' }]
  const refuse = (expected: string) => {
    throw new MalformedXml(`${expected} (it breaks in line ${parser.line}, column ${parser.column})`)
  }
  parser.on('error', () => refuse('well-formed XML'))
  parser.on('doctype', () => refuse('XML without a DOCTYPE'))
  parser.on('xmldecl', ({ encoding = 'UTF-8' }) => {
    if (encoding.toUpperCase() !== 'UTF-8') refuse('XML in UTF-8')
  })
  let attributes = 0
  parser.on('attribute', () => {
    attributes += 1
    if (attributes > MAX_ATTRIBUTES) refuse(`at most ${MAX_ATTRIBUTES} attributes`)
  })
  parser.on('opentag', ({ name }) => {
    attributes = 0
    if (stack.length > MAX_DEPTH) refuse(`XML of at most ${MAX_DEPTH} levels`)
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
