import { addBounded } from '../violation-limit.ts'

/** A place in a body that could not be decoded. `pointer` is '' for the whole body. */
export interface DecodeFault {
  readonly pointer: string
  readonly expected: string
  readonly received?: unknown
}

/** A decoded body. Where there are faults, `value` holds what could be read, or undefined. */
export interface Decoded {
  readonly value: unknown
  readonly faults: readonly DecodeFault[]
  /** The JSON Pointers of what was left out because the document does not name it; the first of them, if there are many. */
  readonly ignored?: readonly string[]
  /** The bytes of the files in it, by the name of their property. They are part of the body, and no copies. */
  readonly files?: ReadonlyMap<string, Uint8Array>
}

/** How deep a body may nest. */
export const MAX_DEPTH = 64

/**
 * How many objects and lists, or elements, a body may hold. Each takes some 70 bytes in memory, and may take two in the body:
 * without the limit 10 MB of them are more than a small heap has.
 */
export const MAX_NODES = 1_000_000

/** A body that could be read whole. */
export const decoded = (value: unknown): Decoded => ({ value, faults: [] })

/** A body that could not be read at all. */
export const malformed = (expected: string): Decoded => ({ value: undefined, faults: [{ pointer: '', expected }] })

/** The range in which JSON carries an integer unrounded (RFC 8259, section 6). */
export const SAFE_INTEGER = `an integer from ${Number.MIN_SAFE_INTEGER} to ${Number.MAX_SAFE_INTEGER}`

/** Adds what was left out, if anything was. */
export const withIgnored = (read: Decoded, ignored: readonly string[]): Decoded =>
  ignored.length === 0 ? read : { ...read, ignored }

/** Notes a place that was left out, once, unless there are many. */
export function noteIgnored(ignored: string[], pointer: string): void {
  if (!ignored.includes(pointer)) addBounded(ignored, pointer)
}
