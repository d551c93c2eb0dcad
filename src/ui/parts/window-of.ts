/** The rows of a long list that are drawn. */
export interface Window {
  readonly first: number
  /** Exclusive. */
  readonly end: number
  /** The heights, in pixels, of the rows before and after. */
  readonly before: number
  readonly after: number
}

/** Rows beyond each edge, so that scrolling shows no gap. */
const SPARE = 12

/** The rows that a scrolled box shows, with some spare. */
export function windowOf(count: number, rowHeight: number, top: number, height: number): Window {
  const first = Math.max(0, Math.min(count, Math.floor(top / rowHeight)) - SPARE)
  const end = Math.min(count, Math.ceil((top + height) / rowHeight) + SPARE)
  return { first, end, before: first * rowHeight, after: Math.max(0, count - end) * rowHeight }
}
