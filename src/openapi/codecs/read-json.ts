import { pointerTo, tokensOf, valueAt } from '../json-pointer.ts'
import { MOST_VIOLATIONS } from '../violation-limit.ts'
import { type Decoded, type DecodeFault, decoded, MAX_DEPTH, malformed, SAFE_INTEGER } from './decoded.ts'
import { scanJson } from './scan-json.ts'

/** Cheap pre-check for numbers that JSON.parse would round; it also matches many texts without one. */
const LONG_NUMBER = /\d{16}|\d[eE][+-]?\d/

const TOO_DEEP = malformed(`JSON of at most ${MAX_DEPTH} levels`)

/**
 * Decodes JSON (RFC 8259). Of equal names the last counts. Integers that a double would round are faults, never values. More
 * objects and lists than `mostNodes` are refused.
 */
export function readJson(text: string, mostNodes = Number.POSITIVE_INFINITY): Decoded {
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text
  if (hasTooMany(json, mostNodes)) return malformed(`JSON of at most ${mostNodes} objects and lists`)
  try {
    const value: unknown = JSON.parse(json)
    if (isTooDeep(value, MAX_DEPTH)) return TOO_DEEP
    return LONG_NUMBER.test(json) ? withRounded(json, value) : decoded(value)
  } catch {
    return json.trim() === '' ? malformed('JSON, and not an empty body') : explain(json)
  }
}

/** The same with the digits, as text, in place of each number that would be rounded: for whoever shows the value. */
export function withDigits({ value, faults }: Decoded): Decoded {
  let whole = value
  for (const { pointer, received } of faults) {
    const tokens = tokensOf(pointer)
    const name = tokens.pop()
    if (name === undefined) whole = received
    else Reflect.set(valueAt(value, tokens.reduce(pointerTo, '')) as object, name, received)
  }
  return { value: whole, faults }
}

/** Counts the objects and lists: each takes many times more bytes in memory than in the text, where two may be all. */
function hasTooMany(json: string, most: number): boolean {
  if (json.length < 2 * most) return false
  let count = 0
  let isInString = false
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at)
    if (code === QUOTE) isInString = !isInString
    else if (code === BACKSLASH) at++
    else if (!isInString && (code === BRACE || code === BRACKET)) count++
  }
  return count > most
}

const [QUOTE, BACKSLASH, BRACE, BRACKET] = ['"', '\\', '{', '['].map((character) => character.charCodeAt(0))

/** Says where a text breaks. JSON.parse knows only sometimes, and quotes the text where it does not. */
function explain(json: string): Decoded {
  const end = scanJson(json)
  if (end === 'too-deep') return TOO_DEEP
  return malformed(end === 'well-formed' ? 'well-formed JSON' : `well-formed JSON (${placeOf(end, json)})`)
}

function placeOf(position: number, json: string): string {
  if (position >= json.length) return 'it ends too early'
  let line = 1
  let start = 0
  for (let at = json.indexOf('\n'); at >= 0 && at < position; at = json.indexOf('\n', start)) {
    line += 1
    start = at + 1
  }
  return `it breaks in line ${line}, column ${position - start + 1}`
}

function isTooDeep(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== 'object') return false
  if (levels === 0) return true
  for (const child of Object.values(value)) if (isTooDeep(child, levels - 1)) return true
  return false
}

/** Finds the numbers that the value does not hold exactly. Of members of equal names only the last is in the value. */
function withRounded(json: string, value: unknown): Decoded {
  const faults = new Map<string, DecodeFault>()
  const end = scanJson(json, (digits, place) => {
    if (faults.size === MOST_VIOLATIONS || !isRounded(digits)) return
    const pointer = place()
    if (valueAt(value, pointer) === Number(digits))
      faults.set(pointer, { pointer, expected: SAFE_INTEGER, received: digits })
  })
  return end === 'too-deep' ? TOO_DEEP : { value, faults: [...faults.values()] }
}

/** An integer, however it is written, that a double does not hold exactly. */
function isRounded(digits: string): boolean {
  const number = Number(digits)
  return !Number.isFinite(number) || (Number.isInteger(number) && !Number.isSafeInteger(number))
}
