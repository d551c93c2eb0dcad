import type { Depth, Mode } from '../../src/contract/report.ts'
import { FAULTS } from '../mutants/faults.ts'
import { SET_ASIDE } from '../mutants/set-aside.ts'
import { VARIANTS } from '../mutants/variants.ts'

/** One server of the mutants to compare with the mock; without variant and fault it is the plain one. */
export interface Pairing {
  readonly variant?: string
  readonly fault?: string
  readonly seed: number
  readonly mode: Mode
  /** If absent, a quick run, and the usual one only if the quick one does not come out as it should. */
  readonly depth?: Depth
}

/** Which servers to compare. */
export interface Selection {
  /** The plain server is compared with each seed from 1 to this one. */
  readonly seeds: number
  readonly modes: readonly Mode[]
  /** One in so many faults is compared; 1 is all. */
  readonly faults: number
  readonly depth?: Depth
}

/** So many seeds are tried by the usual run, the others by a quick one. */
const WHOLE_SEEDS = 3

/** Every variant, the plain server with each seed and mode, and some faults. */
export function allPairings({ seeds, modes, faults, depth }: Selection): Pairing[] {
  const given = depth && { depth }
  const depthOf = (seed: number) => depth ?? (seed <= WHOLE_SEEDS ? 'usual' : 'quick')
  const some = FAULTS.filter(({ id }) => !(id in SET_ASIDE)).filter((_fault, index) => index % faults === 0)
  return [
    ...VARIANTS.map(({ id }) => ({ variant: id, seed: 1, mode: 'full' as const, ...given })),
    ...Array.from({ length: seeds }, (_, index) =>
      modes.map((mode) => ({ seed: index + 1, mode, depth: depthOf(index + 1) })),
    ).flat(),
    ...some.map(({ id }) => ({ fault: id, seed: 1, mode: 'full' as const, ...given })),
  ]
}

/** The pairings of a few servers by their ids; `plain` is the correct one, `variants` and `faults` stand for all of them. */
export function somePairings(ids: readonly string[], { modes, seeds, depth }: Selection): Pairing[] {
  const names = ids.flatMap((id) =>
    (id === 'variants' ? VARIANTS : id === 'faults' ? FAULTS : [{ id }]).map((one) => one.id),
  )
  return names.flatMap((id) =>
    Array.from({ length: seeds }, (_, index) =>
      modes.map((mode) => ({ ...serverOf(id), seed: index + 1, mode, ...(depth && { depth }) })),
    ).flat(),
  )
}

const serverOf = (id: string): Pick<Pairing, 'variant' | 'fault'> =>
  id === 'plain' ? {} : FAULTS.some((fault) => fault.id === id) ? { fault: id } : { variant: id }

/** The pairings of a part such as `2/5`: every fifth one, from the second on. Throws if the text names no part. */
export function partOf(pairings: readonly Pairing[], part: string): Pairing[] {
  const [, number, of] = (/^(\d+)\/(\d+)$/.exec(part) ?? []).map(Number)
  if (!number || !of || number > of) throw new Error(`${part} is no part; write 2/5 for the second of five.`)
  return pairings.filter((_pairing, index) => index % of === number - 1)
}
