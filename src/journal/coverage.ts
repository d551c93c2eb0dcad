import type { Exchange } from '../exchange.ts'
import type { ApiDocument } from '../spec/document.ts'
import { type Cell, cellsOf } from './coverage-cells.ts'

/** One thing of the document that a client can exercise. */
export interface CoverageCell extends Cell {
  /** How many requests have exercised it. */
  readonly count: number
}

/** What the clients have exercised of the document. */
export interface Coverage {
  record(exchange: Exchange): void
  /** Every cell, in the order of the document, those never exercised included. */
  cells(): CoverageCell[]
  clear(): void
}

/** Counts what is exercised of one document. */
export function createCoverage(document: ApiDocument): Coverage {
  const { list, exercised } = cellsOf(document)
  const counts = new Uint32Array(list.length)
  const count = (index: number) => {
    counts[index] = (counts[index] ?? 0) + 1
  }
  return {
    record: (exchange) => exercised(exchange, count),
    cells: () => list.map((cell, index) => ({ ...cell, count: counts[index] ?? 0 })),
    clear: () => counts.fill(0),
  }
}

/** Adds up the cells of several sessions. */
export function mergeCoverage(all: readonly (readonly CoverageCell[])[]): CoverageCell[] {
  const [first = []] = all
  return first.map((cell, index) => ({
    ...cell,
    count: all.reduce((sum, cells) => sum + (cells[index]?.count ?? 0), 0),
  }))
}
