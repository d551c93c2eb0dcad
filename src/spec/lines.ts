import { isMap, isScalar, isSeq, type LineCounter, type Node, type Pair } from 'yaml'
import { pointerTo } from './pointer.ts'

/** The line, from 1, at which each node of the document stands, by JSON Pointer. */
export type LineIndex = ReadonlyMap<string, number>

/** Walks the parsed YAML once. A mapping's entry stands where its key stands. */
export function indexLines(root: Node | null, counter: LineCounter): LineIndex {
  const lines = new Map<string, number>([['', 1]])
  visit(root, '', lines, counter)
  return lines
}

function visit(node: unknown, pointer: string, lines: Map<string, number>, counter: LineCounter): void {
  if (isMap(node)) for (const pair of node.items) visitPair(pair, pointer, lines, counter)
  if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) visitChild(item, item, pointerTo(pointer, index), lines, counter)
  }
}

function visitPair(pair: Pair, pointer: string, lines: Map<string, number>, counter: LineCounter): void {
  if (isScalar(pair.key)) visitChild(pair.key, pair.value, pointerTo(pointer, String(pair.key.value)), lines, counter)
}

function visitChild(start: unknown, node: unknown, pointer: string, lines: Map<string, number>, counter: LineCounter) {
  const offset = (start as Node).range?.[0]
  if (offset !== undefined) lines.set(pointer, counter.linePos(offset).line)
  visit(node, pointer, lines, counter)
}
