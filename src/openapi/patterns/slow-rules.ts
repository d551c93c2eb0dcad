import type { ApiDocument } from '../document.ts'
import { pointerTo } from '../json-pointer.ts'
import { plainText } from '../plain-text.ts'
import { growthOf } from './growth.ts'

/** Parts of a document that hold values and not schemas. */
const VALUES = new Set(['example', 'examples', 'default', 'enum'])

const SCALARS = new Set<unknown>(['string', 'integer', 'number', 'boolean'])

/** Each of so many items is compared with each other one in no time. */
export const FEW_ITEMS = 1_000

const HOW_LONG = {
  exponential: 'A few dozen characters can stop the mock',
  'quadratic or worse': 'A long text can stop the mock for minutes',
}

/** A sentence for each rule of a document that makes the validator slow on some requests, with its line. */
export function slowRules({ json, lines, name }: Pick<ApiDocument, 'json' | 'lines' | 'name'>): string[] {
  const sentences: string[] = []
  const say = (pointer: string, sentence: string) => {
    const line = lines.get(pointer)
    sentences.push(`${name}${line === undefined ? '' : `, line ${line}`}: ${sentence}`)
  }
  for (const [node, pointer] of objectsIn(json)) {
    const { pattern, uniqueItems, items, maxItems } = node
    const growth = typeof pattern === 'string' ? growthOf(pattern) : 'linear'
    if (growth === 'exponential' || growth === 'quadratic or worse')
      say(
        `${pointer}/pattern`,
        `the time for the pattern ${plainText(pattern)} can grow without bounds (${growth}). ${HOW_LONG[growth]}; write it without repetitions that can share a text.`,
      )
    const { type } = Object(items) as { type?: unknown }
    if (uniqueItems === true && !SCALARS.has(type) && !(Number(maxItems) <= FEW_ITEMS))
      say(
        `${pointer}/uniqueItems`,
        `uniqueItems at ${pointer} compares each item with each other one. Add maxItems of at most ${FEW_ITEMS}.`,
      )
  }
  return sentences
}

type Plain = Readonly<Record<string, unknown>>

/** Every object of a document that is not in an example or another value, with its place. */
function objectsIn(root: Plain): [node: Plain, pointer: string][] {
  const found: [Plain, string][] = [[root, '']]
  // The list grows while it is walked.
  for (const [node, pointer] of found)
    for (const [name, child] of Object.entries(node))
      if (child !== null && typeof child === 'object' && !VALUES.has(name))
        found.push([child as Plain, pointerTo(pointer, name)])
  return found
}
