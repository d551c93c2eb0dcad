/** Draws an integer from 0 to below a bound. */
export type Draw = (below: number) => number

/** Seeded (mulberry32, in the public domain): millions of draws a second are needed. */
export function drawFrom(seed: number): Draw {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let bits = Math.imul(state ^ (state >>> 15), state | 1)
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61)
    return ((bits ^ (bits >>> 14)) >>> 0) % below
  }
}

/** Sources that a mutation draws on: tokens of the language, and other inputs. */
export interface Pool {
  readonly words: readonly string[]
  readonly inputs: readonly Buffer[]
}

type Mutation = (bytes: Buffer, draw: Draw, pool: Pool) => Buffer

/** A part of the bytes. */
function range(bytes: Buffer, draw: Draw): readonly [start: number, end: number] {
  const start = draw(bytes.length + 1)
  return [start, Math.min(bytes.length, start + 1 + draw(1 + draw(64)))]
}

const splice = (bytes: Buffer, start: number, end: number, ...between: readonly Uint8Array[]) =>
  Buffer.concat([bytes.subarray(0, start), ...between, bytes.subarray(end)])

function withByte(bytes: Buffer, draw: Draw, change: (byte: number) => number): Buffer {
  const copy = Buffer.from(bytes)
  const at = draw(bytes.length || 1)
  if (bytes.length > 0) copy[at] = change(copy[at] ?? 0)
  return copy
}

const other = (draw: Draw, { inputs }: Pool, bytes: Buffer) => inputs[draw(inputs.length)] ?? bytes

const MUTATIONS: readonly Mutation[] = [
  (bytes, draw) => withByte(bytes, draw, (byte) => byte ^ (1 << draw(8))),
  (bytes, draw) => withByte(bytes, draw, () => draw(256)),
  (bytes, draw) => withByte(bytes, draw, (byte) => byte + 1),
  (bytes, draw) => splice(bytes, ...range(bytes, draw)),
  (bytes, draw) => {
    const [start, end] = range(bytes, draw)
    return splice(bytes, end, end, bytes.subarray(start, end))
  },
  insertWord,
  insertWord,
  changeLines,
  (bytes, draw, pool) => splice(bytes, ...range(bytes, draw), wordOf(draw, pool)),
  (bytes, draw, pool) => {
    const source = other(draw, pool, bytes)
    const [start, end] = range(source, draw)
    const at = draw(bytes.length + 1)
    return splice(bytes, at, at, source.subarray(start, end))
  },
  (bytes, draw, pool) => {
    const source = other(draw, pool, bytes)
    return Buffer.concat([bytes.subarray(0, draw(bytes.length + 1)), source.subarray(draw(source.length + 1))])
  },
  (bytes, draw) => bytes.subarray(0, draw(bytes.length + 1)),
]

/** Leaves out, doubles or replaces a line: documents and heads are made of them. */
function changeLines(bytes: Buffer, draw: Draw, pool: Pool): Buffer {
  const [start, end] = lineOf(bytes, draw)
  const source = other(draw, pool, bytes)
  const line = bytes.subarray(start, end)
  const between = [Buffer.alloc(0), Buffer.concat([line, line]), source.subarray(...lineOf(source, draw))]
  return splice(bytes, start, end, between[draw(3)] ?? line)
}

/** A line with its break. */
function lineOf(bytes: Buffer, draw: Draw): [start: number, end: number] {
  const at = draw(bytes.length || 1)
  const start = bytes.lastIndexOf(10, at - 1) + 1
  const end = bytes.indexOf(10, at)
  return [at === 0 ? 0 : start, end < 0 ? bytes.length : end + 1]
}

function insertWord(bytes: Buffer, draw: Draw, pool: Pool): Buffer {
  const at = draw(bytes.length + 1)
  return splice(bytes, at, at, wordOf(draw, pool))
}

const wordOf = (draw: Draw, { words }: Pool) => Buffer.from(words[draw(words.length || 1)] ?? ' ')

/** Changes the bytes in one to eight ways. */
export function mutate(bytes: Buffer, draw: Draw, pool: Pool, longest: number): Buffer {
  let changed = bytes
  for (let left = 1 << draw(4); left > 0; left--)
    changed = MUTATIONS[draw(MUTATIONS.length)]?.(changed, draw, pool) ?? changed
  return changed.subarray(0, longest)
}

/** Repeats a part of the bytes to a length: this shows work that grows faster than the input. */
export function pump(bytes: Buffer, draw: Draw, length: number): Buffer {
  const [start, end] = range(bytes, draw)
  const part = bytes.subarray(start, end)
  if (part.length === 0) return bytes
  const times = Math.ceil(length / part.length)
  return splice(bytes, end, end, ...Array<Uint8Array>(times).fill(part))
}
