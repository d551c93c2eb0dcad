import { SaxesParser } from 'saxes'
import type { Schema } from '../schema.ts'
import { decodeElement } from './decode-xml.ts'
import { type Decoded, MAX_DEPTH, MAX_NODES, malformed } from './decoded.ts'
import { rootNameOf } from './write-xml.ts'
import type { XmlElement } from './xml-element.ts'

export const MAX_ATTRIBUTES = 32

/** A document that calls itself XML 1.1 gets no control characters by it; namespaces make unbound prefixes errors. */
const PARSER_OPTIONS = { xmlns: true, defaultXMLVersion: '1.0', forceXMLVersion: true } as const

/**
 * Decodes an XML body by its schema. Text that is no value of the schema's type stays text, so that it is refused. The
 * root is the schema's own; the document names none for a list, whose root is free unless `rootName` is given.
 */
export function readXml(text: string, schema: Schema, rootName = documentedRoot(schema)): Decoded {
  const root = parseXml(text, MAX_NODES)
  if (typeof root === 'string') return malformed(root)
  if (rootName !== undefined && root.name !== rootName)
    return malformed(`XML with the root element ${rootName}, not ${root.name}`)
  return decodeElement(root, schema)
}

const documentedRoot = (schema: Schema): string | undefined =>
  schema.type === 'array' ? undefined : rootNameOf(schema)

/** Takes each child of the root as it ends. The root then has none: a long list need not be in memory as a tree. */
type Take = (child: XmlElement) => void

/** Reads well-formed XML 1.0 without a doctype, or says in words what else it should have been. */
export function parseXml(text: string, mostNodes = Number.POSITIVE_INFINITY, take?: Take): XmlElement | string {
  const parser = new SaxesParser(PARSER_OPTIONS)
  const root = collectElements(parser, mostNodes, take)
  try {
    parser.write(text)
    if (!isUtf8(parser.xmlDecl.encoding)) return 'XML in UTF-8'
    parser.close()
  } catch (error) {
    const expected = error instanceof Refusal ? error.message : 'well-formed XML'
    return `${expected} (it breaks in line ${parser.line}, column ${parser.column})`
  }
  return root() ?? 'XML with a root element'
}

/** Refuses XML that is well-formed and still not accepted. The message says what is expected. */
class Refusal extends Error {}

/**
 * Builds the tree while the parser runs; the root is there when it has ended. With more than six handlers V8 keeps the
 * parser as a dictionary, which costs five times as much: errors are therefore thrown by saxes, not handed over.
 */
function collectElements(
  parser: SaxesParser<typeof PARSER_OPTIONS>,
  mostNodes: number,
  take?: Take,
): () => XmlElement | undefined {
  const document: XmlElement = { name: '', children: [], text: '' }
  const ancestors: XmlElement[] = []
  let current = document
  let attributes = 0
  let elements = 0
  const addText = (more: string) => {
    current.text += more
  }
  parser.on('doctype', () => refuse('XML without a DOCTYPE'))
  parser.on('attribute', () => {
    attributes += 1
    if (attributes > MAX_ATTRIBUTES) refuse(`at most ${MAX_ATTRIBUTES} attributes`)
  })
  parser.on('opentag', ({ name }) => {
    attributes = 0
    elements += 1
    if (elements > mostNodes) refuse(`XML of at most ${mostNodes} elements`)
    ancestors.push(current)
    if (ancestors.length > MAX_DEPTH) refuse(`XML of at most ${MAX_DEPTH} levels`)
    current = appendTo(current, name)
  })
  parser.on('closetag', () => {
    current = ancestors.pop() ?? document
    const ended = take && ancestors.length === 1 ? current.children.pop() : undefined
    if (ended) take?.(ended)
  })
  parser.on('text', addText)
  parser.on('cdata', addText)
  return () => document.children[0]
}

function refuse(expected: string): never {
  throw new Refusal(expected)
}

function appendTo(parent: XmlElement, name: string): XmlElement {
  const element: XmlElement = { name, children: [], text: '' }
  parent.children.push(element)
  return element
}

const isUtf8 = (encoding: string | undefined): boolean => (encoding ?? 'UTF-8').toUpperCase() === 'UTF-8'
