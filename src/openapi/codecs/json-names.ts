import { pointerTo } from '../json-pointer.ts'

/** A place in a JSON text: a JSON Pointer, and the offset of the name or the element. */
export interface JsonPlace {
  readonly pointer: string
  readonly offset: number
}

/** The first name that an object has twice; undefined if there is none. `value` is what JSON.parse made of the text. */
export function doubledName(text: string, value: unknown): JsonPlace | undefined {
  // Cheap pre-check: JSON.parse keeps one of two equal names, so the value then has fewer names than the text.
  if (countNames(text) === countMembers(value)) return undefined
  for (const place of placesOf(text)) if (place.isDoubled) return place
  return undefined
}

/** The line, from 1, of the value at a pointer, or of the innermost value around it that the text has. */
export function lineOf(text: string, pointer: string): number {
  let last = 0
  for (const { pointer: at, offset } of placesOf(text)) {
    if (at !== pointer && !pointer.startsWith(`${at}/`)) continue
    last = offset
    if (at === pointer) break
  }
  return lineAt(text, last)
}

/** The line, from 1, of an offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line += 1
  return line
}

/** An object or an array that the scan is inside of. */
interface Frame {
  readonly pointer: string
  /** The names so far; undefined for an array. */
  readonly names: Set<string> | undefined
  index: number
}

/** All members and elements of a well-formed JSON text, in the order of the text. */
function* placesOf(text: string): Generator<JsonPlace & { readonly isDoubled: boolean }> {
  const frames: Frame[] = []
  let pointer = ''
  let atValue = true
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    const frame = frames.at(-1)
    if (char === '{' || char === '[') {
      if (frame && frame.names === undefined) yield element(frame, at)
      pointer = frame && frame.names === undefined ? pointerTo(frame.pointer, String(frame.index)) : pointer
      frames.push({ pointer, names: char === '{' ? new Set() : undefined, index: 0 })
      atValue = char === '['
    } else if (char === '}' || char === ']') {
      frames.pop()
      atValue = false
    } else if (char === ',') {
      if (frame) frame.index += 1
      atValue = frame?.names === undefined
    } else if (char === ':') {
      atValue = true
    } else if (char === '"') {
      const end = endOfString(text, at)
      if (frame?.names && !atValue) {
        const name = JSON.parse(text.slice(at, end)) as string
        pointer = pointerTo(frame.pointer, name)
        yield { pointer, offset: at, isDoubled: frame.names.has(name) }
        frame.names.add(name)
      } else if (frame && frame.names === undefined) yield element(frame, at)
      at = end - 1
    } else if (frame && frame.names === undefined && atValue && !/\s/.test(char ?? '')) {
      yield element(frame, at)
      atValue = false
    }
  }
}

const element = ({ pointer, index }: Frame, offset: number) => ({
  pointer: pointerTo(pointer, String(index)),
  offset,
  isDoubled: false,
})

/** The offset behind a string's closing quote. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end + 1
}

function isEscaped(text: string, at: number): boolean {
  let before = at - 1
  while (text[before] === '\\') before -= 1
  return (at - before) % 2 === 0
}

/** How many strings are followed by a colon. */
function countNames(text: string): number {
  let count = 0
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at)) {
    at = endOfString(text, at)
    while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at += 1
    if (text[at] === ':') count += 1
  }
  return count
}

/** How many names the objects of a JSON value have. */
export function countMembers(value: unknown): number {
  let count = 0
  const rest = [value]
  while (rest.length > 0) {
    const next = rest.pop()
    if (typeof next !== 'object' || next === null) continue
    const inner = Object.values(next)
    if (!Array.isArray(next)) count += inner.length
    for (const child of inner) if (typeof child === 'object') rest.push(child)
  }
  return count
}
