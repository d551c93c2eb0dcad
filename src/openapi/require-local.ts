import { DocumentError } from './document-error.ts'
import type { JsonObject } from './json-object.ts'
import { pointerTo, valueAt } from './json-pointer.ts'

/** Values that a document may have once each reference is replaced by its target. Inboxes' own document has 11,000. */
const MOST_VALUES = 100_000

/** Keys that say nothing of the node that the reference beside them leads to. */
const BESIDE_REFERENCE = /^(\$ref|description|summary|x-.*)$/

/**
 * Throws a DocumentError unless every `$ref`, wherever it stands, leads to a node of the same document and never back to
 * itself. The validator would open any file or address that a reference names.
 */
export function requireLocal(root: JsonObject): void {
  const sizes = new Map<string, number | 'open'>()

  /** Counts the values of a node, references followed. */
  function measure(node: unknown, pointer: string): number {
    if (node === null || typeof node !== 'object') return 1
    const known = sizes.get(pointer)
    if (known === 'open') throw new DocumentError(`${pointer} contains itself. Remove one of its references.`, pointer)
    if (known !== undefined) return known
    sizes.set(pointer, 'open')
    const target = isReference(node) ? targetOf(root, node, pointer) : undefined
    const own = Object.entries(node).reduce((sum, [key, child]) => sum + measure(child, pointerTo(pointer, key)), 1)
    const size = target === undefined ? own : own + measure(valueAt(root, target), target)
    if (size > MOST_VALUES)
      throw new DocumentError(
        `${pointer} has more than ${MOST_VALUES} values, counting references. Shorten it.`,
        pointer,
      )
    sizes.set(pointer, size)
    return size
  }

  measure(root, '')
}

type Reference = JsonObject & { readonly $ref: string }

const isReference = (node: object): node is Reference => typeof (node as { $ref?: unknown }).$ref === 'string'

/** The pointer that a reference leads to. */
function targetOf(root: JsonObject, node: Reference, pointer: string): string {
  const { $ref } = node
  const refuse = (why: string) => new DocumentError(`${pointer} refers to ${$ref}, ${why}`, `${pointer}/$ref`)
  if (!$ref.startsWith('#/'))
    throw refuse('which is not opened. Copy it into the document, and refer to #/components/….')
  const target = $ref.slice(1)
  const found = valueAt(root, target)
  if (found === null || typeof found !== 'object')
    throw refuse('which the document does not have. Write it, or correct the name.')
  const beside = Object.keys(node).find((key) => !BESIDE_REFERENCE.test(key))
  if (beside === undefined) return target
  const at = pointerTo(pointer, beside)
  throw new DocumentError(`${at} stands beside a $ref, where OpenAPI ignores it. Remove it.`, at)
}
