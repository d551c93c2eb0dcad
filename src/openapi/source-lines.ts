import type { LineCounter, Node, Pair } from 'yaml'
import type { LineIndex } from './document.ts'
import { pointerTo } from './json-pointer.ts'
import { yaml } from './yaml.ts'

/** Walks the parsed YAML once. A mapping's entry stands where its key stands. */
export function indexLines(root: Node | null, counter: LineCounter): LineIndex {
  const { isMap, isScalar, isSeq } = yaml()
  const lines = new Map<string, number>([['', 1]])

  function visit(node: unknown, pointer: string): void {
    if (isMap(node)) for (const pair of node.items) visitPair(pair, pointer)
    if (isSeq(node)) for (const [index, item] of node.items.entries()) visitChild(item, item, pointerTo(pointer, index))
  }
  function visitPair(pair: Pair, pointer: string): void {
    if (isScalar(pair.key)) visitChild(pair.key, pair.value, pointerTo(pointer, String(pair.key.value)))
  }
  function visitChild(start: unknown, node: unknown, pointer: string): void {
    const offset = (start as Node).range?.[0]
    if (offset !== undefined) lines.set(pointer, counter.linePos(offset).line)
    visit(node, pointer)
  }

  visit(root, '')
  return lines
}
