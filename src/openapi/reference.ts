import { DocumentError } from './document-error.ts'
import type { JsonObject } from './json-object.ts'
import { valueAt } from './json-pointer.ts'

/** A node of the document and where it really stands. */
export interface Found {
  readonly node: JsonObject
  readonly pointer: string
}

/** Follows `$ref` (RFC 6901 fragments of the same document) until a node that is none. */
export function follow(root: JsonObject, node: unknown, pointer: string): Found {
  if (node === null || typeof node !== 'object') throw new DocumentError(`The document has no node at ${pointer}.`)
  const { $ref } = node as { $ref?: unknown }
  if ($ref === undefined) return { node: node as JsonObject, pointer }
  if (typeof $ref !== 'string' || !$ref.startsWith('#/'))
    throw new DocumentError(`${pointer}: only references like #/components/… are supported.`)
  return follow(root, valueAt(root, $ref.slice(1)), $ref.slice(1))
}
