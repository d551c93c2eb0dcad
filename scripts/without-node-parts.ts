import { type ApiDocument, readDocument } from '../src/openapi/document.ts'

/** The document without the parts that are marked as there in Node alone. */
export function withoutNodeParts(document: ApiDocument): ApiDocument {
  return readDocument(withoutMarked(document.json), {
    source: document.name,
    lines: document.lines,
    createValidator: document.validator,
  })
}

const MARK = 'x-node-only'

function withoutMarked<T>(node: T): T {
  if (Array.isArray(node)) return node.map(withoutMarked) as T
  if (node === null || typeof node !== 'object') return node
  const kept = Object.entries(node).filter(([, child]) => !isMarked(child))
  return Object.fromEntries(kept.map(([name, child]) => [name, withoutMarked(child)])) as T
}

const isMarked = (node: unknown) => typeof node === 'object' && node !== null && Reflect.get(node, MARK) === true
