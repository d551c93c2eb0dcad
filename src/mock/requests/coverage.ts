import type { ApiDocument } from '../../openapi/document.ts'
import { type Cell, cellsOf } from './coverage-cells.ts'
import type { Exchange } from './exchange.ts'

/** One thing of the document that a client can exercise. */
export interface CoverageCell extends Cell {
  /** How many requests have exercised it. */
  readonly count: number
}

/** What the clients have exercised of the document. */
export interface Coverage {
  record(exchange: Exchange): void
  /** Adds what was counted elsewhere, of this document or of another version of it. */
  add(other: Coverage): void
  /** Every cell, in the order of the document, those never exercised included. */
  cells(): CoverageCell[]
  clear(): void
}

/** Counts what is exercised of one document. */
export function createCoverage(document: ApiDocument): Coverage {
  const { list, placeOf, exercised } = cellsOf(document)
  const counts = new Uint32Array(list.length)
  const count = (place: number | undefined, times = 1) => {
    if (place !== undefined) counts[place] = (counts[place] ?? 0) + times
  }
  return {
    record: (exchange) => exercised(exchange, count),
    add: (other) => {
      for (const cell of other.cells()) count(placeOf(cell), cell.count)
    },
    cells: () => list.map((cell, index) => ({ ...cell, count: counts[index] ?? 0 })),
    clear: () => counts.fill(0),
  }
}
