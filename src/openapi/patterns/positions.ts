import { type CharSet, EVERY, intersect, type Node } from './parse-pattern.ts'

/**
 * The places in a regular expression that read a character, and how often each follows each (Glushkov's automaton, with
 * the number of ways). The first place stands for the text before the match, which the engine passes over.
 */
export interface Positions {
  readonly sets: readonly CharSet[]
  /** By place: the places after it, and the number of ways to them. */
  readonly follow: readonly ReadonlyMap<number, number>[]
  /** The places after which the expression matches, whatever follows. */
  readonly last: ReadonlySet<number>
}

interface Part {
  readonly first: readonly number[]
  readonly last: readonly number[]
  readonly isEmpty: boolean
  /** True if it matches at the start of the text only. */
  readonly isAnchored?: boolean
}

const NOTHING: Part = { first: [], last: [], isEmpty: true }
const BEFORE = 0

/** Numbers the places of an expression. */
export function positionsOf(node: Node): Positions {
  const sets: CharSet[] = [EVERY]
  const follow: Map<number, number>[] = [new Map([[BEFORE, 1]])]
  const link = (from: readonly number[], to: readonly number[]) => {
    for (const a of from) for (const b of to) follow[a]?.set(b, (follow[a]?.get(b) ?? 0) + 1)
  }
  const read = (part: Node): Part => {
    if (part.kind === 'start') return { ...NOTHING, isAnchored: true }
    if (part.kind === 'all') return part.parts.reduce<Part>((before, next) => joined(before, read(next), link), NOTHING)
    if (part.kind === 'any') return either(part.parts.map(read))
    if (part.kind === 'repeat') return repeated(part, read, link)
    sets.push(part.set)
    follow.push(new Map())
    return { first: [sets.length - 1], last: [sets.length - 1], isEmpty: false }
  }
  const branches = node.kind === 'any' ? node.parts : [node]
  const parts = branches.map(read)
  for (const { first, isAnchored } of parts) if (!isAnchored) link([BEFORE], first)
  return { sets, follow, last: new Set(parts.flatMap(({ last }) => last)) }
}

type Link = (from: readonly number[], to: readonly number[]) => void

function joined(before: Part, next: Part, link: Link): Part {
  link(before.last, next.first)
  return {
    first: before.isEmpty ? [...before.first, ...next.first] : before.first,
    last: next.isEmpty ? [...before.last, ...next.last] : next.last,
    isEmpty: before.isEmpty && next.isEmpty,
    isAnchored: before.isAnchored === true || (before.isEmpty && next.isAnchored === true),
  }
}

const either = (parts: readonly Part[]): Part => ({
  first: parts.flatMap(({ first }) => first),
  last: parts.flatMap(({ last }) => last),
  isEmpty: parts.some(({ isEmpty }) => isEmpty),
  isAnchored: parts.every(({ isAnchored }) => isAnchored),
})

/** A repetition with an end costs no more than a fixed number of steps: two turns show all that it can do. */
function repeated({ part, least, most }: Node & { kind: 'repeat' }, read: (part: Node) => Part, link: Link): Part {
  if (most === 0) return NOTHING
  const once = optional(read(part), least === 0)
  if (most === Infinity) link(once.last, once.first)
  return most === 1 || most === Infinity ? once : joined(once, optional(read(part), least < most), link)
}

const optional = (part: Part, isOptional: boolean): Part => ({ ...part, isEmpty: part.isEmpty || isOptional })

/** The places that one of these can go to with the same character, as tuples. */
export function stepsOf({ sets, follow }: Positions, from: readonly number[]): number[][] {
  let tuples: number[][] = [[]]
  for (const place of from) {
    const next = [...(follow[place]?.keys() ?? [])]
    tuples = tuples.flatMap((tuple) =>
      next
        .filter((to) => tuple.every((other) => intersect(sets[other] ?? [], sets[to] ?? [])))
        .map((to) => [...tuple, to]),
    )
  }
  return tuples
}
