import { parseArgs } from 'node:util'
import type { Mode } from '../../src/contract/report.ts'
import { FAULTS } from '../mutants/faults.ts'
import { VARIANTS } from '../mutants/variants.ts'
import type { Pairing } from './compare-servers.ts'
import { runPairings } from './run-pairings.ts'
import { printScore, scoreOf } from './table.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    faults: { type: 'string', default: '5' },
    threads: { type: 'string', default: '2' },
  },
})

const MODES: readonly Mode[] = ['safe', 'owned', 'full']
const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => index + 1)
/** One in so many faults is tried; 1 is all. */
const step = Number(values.faults)
const pairings: Pairing[] = [
  ...seeds.flatMap((seed) => MODES.map((mode) => ({ seed, mode }))),
  ...VARIANTS.map(({ id }) => ({ variant: id, seed: 1, mode: 'full' as const })),
  ...FAULTS.filter((_fault, index) => index % step === 0).map(({ id }) => ({
    fault: id,
    seed: 1,
    mode: 'full' as const,
  })),
]

const score = scoreOf(await runPairings(pairings, Number(values.threads)))
process.stdout.write(`${printScore(score)}\n`)
process.exitCode = score.isPerfect ? 0 : 1
