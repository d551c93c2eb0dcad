import { pointerTo } from '../openapi/json-pointer.ts'
import type { LineIndex } from '../openapi/line-index.ts'

/** The pointers of all nodes of a JSON value, parents before children. */
export function* pointersOf(value: unknown, pointer = ''): Iterable<string> {
  yield pointer
  if (value === null || typeof value !== 'object') return
  for (const [key, child] of Object.entries(value)) yield* pointersOf(child, pointerTo(pointer, key))
}

/** Writes the lines of a document as a list that is small when compressed: the index itself is larger than the document. */
export function listLines(json: unknown, lines: LineIndex): number[] {
  const all = [...pointersOf(json)].map((pointer) => lines.get(pointer) ?? 0)
  return all.map((line, index) => line - (all[index - 1] ?? 0))
}

/** The index of a list that `listLines` gave for the same document. */
export function readLines(json: unknown, list: readonly number[]): LineIndex {
  const lines = new Map<string, number>()
  let index = 0
  let line = 0
  for (const pointer of pointersOf(json)) {
    line += list[index] ?? 0
    index += 1
    if (line > 0) lines.set(pointer, line)
  }
  return lines
}
