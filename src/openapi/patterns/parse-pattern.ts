/** Characters as ranges of code points, first and last. */
export type CharSet = readonly (readonly [first: number, last: number])[]

/** A regular expression as a tree. `chars` with no range is the end of the text, which no character is. */
export type Node =
  | { readonly kind: 'chars'; readonly set: CharSet }
  | { readonly kind: 'start' }
  | { readonly kind: 'all'; readonly parts: readonly Node[] }
  | { readonly kind: 'any'; readonly parts: readonly Node[] }
  | { readonly kind: 'repeat'; readonly part: Node; readonly least: number; readonly most: number }

const LAST = 0x10_ff_ff
export const EVERY: CharSet = [[0, LAST]]
const DIGIT: CharSet = [[48, 57]]
const WORD: CharSet = [...DIGIT, [65, 90], [95, 95], [97, 122]]
const SPACE: CharSet = [
  [9, 13],
  [32, 32],
  [160, 160],
  [0x16_80, 0x16_80],
  [0x20_00, 0x20_0a],
  [0x20_28, 0x20_29],
  [0xfe_ff, 0xfe_ff],
]
const LINE_ENDS: CharSet = [
  [10, 10],
  [13, 13],
  [0x20_28, 0x20_29],
]

const CLASSES: Readonly<Record<string, CharSet>> = {
  ...{ d: DIGIT, w: WORD, s: SPACE, D: complement(DIGIT), W: complement(WORD), S: complement(SPACE) },
  ...{ n: one(10), r: one(13), t: one(9), f: one(12), v: one(11), 0: one(0) },
}

const NOTHING: Node = { kind: 'all', parts: [] }
const END: Node = { kind: 'chars', set: [] }

/** Reads the source of a regular expression. Look-arounds and back references count as nothing; gives undefined if it is malformed. */
export function parsePattern(source: string): Node | undefined {
  const reader = { at: 0, source }
  const node = readAlternatives(reader)
  return reader.at === source.length ? node : undefined
}

interface Reader {
  at: number
  readonly source: string
}

function readAlternatives(reader: Reader): Node {
  const parts = [readSequence(reader)]
  while (take(reader, /\|/y)) parts.push(readSequence(reader))
  return parts.length === 1 && parts[0] ? parts[0] : { kind: 'any', parts }
}

function readSequence(reader: Reader): Node {
  const parts: Node[] = []
  for (let part = readTerm(reader); part; part = readTerm(reader)) parts.push(part)
  return { kind: 'all', parts }
}

function readTerm(reader: Reader): Node | undefined {
  const atom = readAtom(reader)
  const quantifier = atom && take(reader, /(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/y)
  if (!quantifier) return atom
  const [, sign, least = '0', comma, most] = quantifier
  if (sign) return { kind: 'repeat', part: atom, least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : Infinity }
  return {
    kind: 'repeat',
    part: atom,
    least: Number(least),
    most: most ? Number(most) : comma ? Infinity : Number(least),
  }
}

function readAtom(reader: Reader): Node | undefined {
  if (take(reader, /\^/y)) return { kind: 'start' }
  if (take(reader, /\$/y)) return END
  if (take(reader, /\./y)) return { kind: 'chars', set: complement(LINE_ENDS) }
  if (take(reader, /\\[bB]|\\[1-9]\d*|\\k<\w+>/y)) return NOTHING
  const group = take(reader, /\((?:\?(?:(<?[=!])|:|<\w+>))?/y)
  if (group) return readGroup(reader, group[1] !== undefined)
  const open = take(reader, /\[(\^?)/y)
  if (open) return { kind: 'chars', set: readClass(reader, open[1] === '^') }
  if (/[|)]/.test(reader.source[reader.at] ?? ')')) return undefined
  return { kind: 'chars', set: readCharacter(reader) }
}

function readGroup(reader: Reader, isLookAround: boolean): Node {
  const node = readAlternatives(reader)
  take(reader, /\)/y)
  return isLookAround ? NOTHING : node
}

function readClass(reader: Reader, isNegated: boolean): CharSet {
  const set: (readonly [number, number])[] = []
  while (reader.at < reader.source.length && !take(reader, /\]/y)) {
    const chars = readCharacter(reader)
    const end = chars.length === 1 && take(reader, /-(?!\])/y) ? readCharacter(reader) : undefined
    const [first] = chars[0] ?? [0]
    if (end) set.push([first, end.at(-1)?.[1] ?? first])
    else set.push(...chars)
  }
  return isNegated ? complement(set) : set
}

/** Reads one character or class of characters; properties of Unicode count as every character. */
function readCharacter(reader: Reader): CharSet {
  if (take(reader, /\\[pP]\{[^}]*\}/y)) return EVERY
  const code = take(reader, /\\(?:u\{([\da-fA-F]+)\}|u([\da-fA-F]{4})|x([\da-fA-F]{2})|c([A-Za-z]))/y)
  if (code?.[4]) return one(code[4].charCodeAt(0) % 32)
  if (code) return one(Number.parseInt(code[1] ?? code[2] ?? code[3] ?? '0', 16))
  const [text = '', escaped] = take(reader, /\\(.)|./suy) ?? []
  return (escaped && CLASSES[escaped]) || one((escaped ?? text).codePointAt(0) ?? 0)
}

function take(reader: Reader, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = reader.at
  const found = pattern.exec(reader.source)
  if (found) reader.at = pattern.lastIndex
  return found
}

function one(code: number): CharSet {
  return [[code, code]]
}

function complement(set: CharSet): CharSet {
  const rest: (readonly [number, number])[] = []
  let next = 0
  for (const [first, last] of set.toSorted(([a], [b]) => a - b)) {
    if (first > next) rest.push([next, first - 1])
    next = Math.max(next, last + 1)
  }
  return next > LAST ? rest : [...rest, [next, LAST]]
}

/** True if a character is in both. */
export const intersect = (a: CharSet, b: CharSet): boolean =>
  a.some(([first, last]) => b.some(([from, to]) => first <= to && from <= last))
