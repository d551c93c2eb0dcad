import type { ApiDocument } from '../../openapi/document.ts'
import { type Cell, cellsOf } from './coverage-cells.ts'
import type { Exchange } from './exchange.ts'

/** A part of the document that a client can exercise, and its use. */
export interface CoverageCell extends Cell {
  /** The number of requests that exercised it. */
  readonly count: number
}

/** Counts of the parts of a document that clients exercised. */
export interface Coverage {
  record(exchange: Exchange): void
  /** Adds the counts of another coverage, of this document or of another version of it. */
  add(other: Coverage): void
  /** Every cell, in the order of the document, those with no request included. */
  cells(): CoverageCell[]
  clear(): void
}

/** Starts with no request for any cell. */
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
