import type { Operation } from '../../openapi/operation.ts'
import type { Depth } from '../report.ts'
import type { Variation } from './variation.ts'

/** One way for one operation. */
export interface Crossing {
  readonly operation: Operation
  readonly way: Variation
}

/**
 * Crosses a table with the operations that it applies to. A rare way is for one of them, another with each seed, unless the
 * run is thorough. A quick run leaves rare ways out.
 */
export function cross(
  ways: readonly Variation[],
  operations: readonly Operation[],
  { depth, seed }: { readonly depth: Depth; readonly seed: number },
): Crossing[] {
  const isMeant = ({ isRare }: Variation, index: number, turn: number) =>
    !isRare || depth === 'thorough' || (depth === 'usual' && turn === (index + seed) % operations.length)
  return operations.flatMap((operation, turn) =>
    ways.filter((way, index) => isMeant(way, index, turn)).map((way) => ({ operation, way })),
  )
}
