import { isLosslessNumber, parse } from 'lossless-json'
import { pointerTo, tokensOf, valueAt } from '../json-pointer.ts'
import { type Decoded, type DecodeFault, decoded, MAX_DEPTH, malformed, SAFE_INTEGER } from './decoded.ts'

/** Cheap pre-check for numbers that JSON.parse would round; it also matches many texts without one. */
const LONG_NUMBER = /\d{16}|\d[eE][+-]?\d/

const TOO_DEEP = malformed(`JSON of at most ${MAX_DEPTH} levels`)

/** Decodes JSON (RFC 8259). Of equal names the last counts. Integers that a double would round are faults, never values. */
export function readJson(text: string): Decoded {
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text
  try {
    const value: unknown = JSON.parse(json)
    if (isTooDeep(value, MAX_DEPTH)) return TOO_DEEP
    return LONG_NUMBER.test(json) ? { value, faults: roundedNumbers(parseLossless(json), '') } : decoded(value)
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

const parseLossless = (json: string): unknown => parse(json, null, { onDuplicateKey: ({ newValue }) => newValue })

/** Says where a text breaks. JSON.parse knows only sometimes, and quotes the text where it does not. */
function explain(json: string): Decoded {
  try {
    parseLossless(json)
  } catch (error) {
    if (error instanceof RangeError) return TOO_DEEP
    const position = /at position (\d+)$/.exec(String(error))?.[1]
    if (position !== undefined) return malformed(`well-formed JSON (${placeOf(Number(position), json)})`)
  }
  return malformed('well-formed JSON')
}

function placeOf(position: number, json: string): string {
  if (position >= json.length) return 'it ends too early'
  const before = json.slice(0, position).split('\n')
  return `it breaks in line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`
}

function isTooDeep(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== 'object') return false
  if (levels === 0) return true
  for (const child of Object.values(value)) if (isTooDeep(child, levels - 1)) return true
  return false
}

function roundedNumbers(value: unknown, pointer: string): DecodeFault[] {
  if (isLosslessNumber(value))
    return isRounded(value.value) ? [{ pointer, expected: SAFE_INTEGER, received: value.value }] : []
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, child]) => roundedNumbers(child, pointerTo(pointer, key)))
}

/** An integer, however it is written, that a double does not hold exactly. */
function isRounded(digits: string): boolean {
  const number = Number(digits)
  return !Number.isFinite(number) || (Number.isInteger(number) && !Number.isSafeInteger(number))
}
