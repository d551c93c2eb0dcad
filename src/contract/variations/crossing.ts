import type { Operation } from '../../openapi/operation.ts'
import type { Depth } from '../report.ts'
import type { Variation } from './variation.ts'

/** One way for one operation. */
export interface Crossing {
  readonly operation: Operation
  readonly way: Variation
}

/**
 * Crosses a table with the operations that it applies to. A rare way is for one of those, another with each seed, unless the
 * run is thorough. A quick run leaves rare ways out.
 */
export function cross(
  ways: readonly Variation[],
  operations: readonly Operation[],
  { depth, seed }: { readonly depth: Depth; readonly seed: number },
  applies: (operation: Operation, way: Variation) => boolean = () => true,
): Crossing[] {
  const oneFor = (way: Variation, index: number) => {
    const possible = operations.filter((operation) => applies(operation, way))
    return possible[(index + seed) % possible.length]
  }
  const chosen = ways.map((way, index) => (way.isRare && depth === 'usual' ? oneFor(way, index) : undefined))
  const isMeant = (operation: Operation, { isRare }: Variation, index: number) =>
    !isRare || depth === 'thorough' || operation === chosen[index]
  return operations.flatMap((operation) =>
    ways.filter((way, index) => isMeant(operation, way, index)).map((way) => ({ operation, way })),
  )
}
