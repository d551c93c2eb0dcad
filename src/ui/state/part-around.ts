/** A part of a long list that is asked for. */
export interface Part {
  readonly offset: number
  readonly limit: number
}

/** Rows that are asked for together. */
const STEP = 100

/** The part with some rows, the end exclusive, and enough around them to scroll on while more comes. */
export function partAround(first: number, end: number): Part {
  const offset = Math.max(0, Math.floor(first / STEP) * STEP - STEP)
  // The mock gives no more than 1,000 at a time; a window that is so high does not exist.
  return { offset, limit: Math.min(1_000, (Math.ceil((end + 1) / STEP) + 1) * STEP - offset) }
}
