import { isLosslessNumber, parse } from 'lossless-json'
import { pointerTo } from '../spec/pointer.ts'
import { type Decoded, type DecodeFault, decoded, MAX_DEPTH, malformed, SAFE_INTEGER } from './decoded.ts'

/** What a number that JSON.parse would round looks like; far more texts have it than have such a number. */
const LONG_NUMBER = /\d{16}|\d[eE]/

/** Decodes JSON (RFC 8259). Integers that a double would round are faults, never values. */
export function readJson(text: string): Decoded {
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text
  try {
    const value: unknown = JSON.parse(json)
    if (isTooDeep(value, MAX_DEPTH)) return malformed(`JSON of at most ${MAX_DEPTH} levels`)
    return LONG_NUMBER.test(json) ? { value, faults: roundedNumbers(parse(json), '') } : decoded(value)
  } catch (error) {
    return malformed(json.trim() === '' ? 'JSON, and not an empty body' : `well-formed JSON${placeOf(error)}`)
  }
}

/** V8 says where it stopped; the rest of its message quotes the body. */
function placeOf(error: unknown): string {
  const place = /at position \d+ \(line \d+ column \d+\)|at position \d+/.exec(String(error))
  return place ? ` (it breaks ${place[0]})` : ' (it ends too early)'
}

function isTooDeep(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== 'object') return false
  return levels === 0 || Object.values(value).some((child) => isTooDeep(child, levels - 1))
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
