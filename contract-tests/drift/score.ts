import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Depth, Mode } from '../../src/contract/report.ts'
import type { Outcome } from './outcome.ts'
import { allPairings, type Pairing, partOf, somePairings } from './pairing.ts'
import { printOutcome, printScore } from './print.ts'
import { runPairings } from './run-pairings.ts'
import { scoreOf } from './table.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    modes: { type: 'string' },
    faults: { type: 'string', default: '5' },
    depth: { type: 'string' },
    threads: { type: 'string', default: '2' },
    ids: { type: 'string' },
    part: { type: 'string', default: '1/1' },
    save: { type: 'string' },
  },
})

const modesOr = (usual: string) => (values.modes ?? usual).split(',') as Mode[]
const selection = { faults: Number(values.faults), ...(values.depth !== undefined && { depth: values.depth as Depth }) }
const pairings =
  values.ids === undefined
    ? allPairings({ ...selection, seeds: Number(values.seeds ?? 20), modes: modesOr('safe,owned,full') })
    : somePairings(values.ids.split(','), { ...selection, seeds: Number(values.seeds ?? 1), modes: modesOr('full') })

const keyOf = (pairing: Pairing) => JSON.stringify(pairing)

/** Outcomes of earlier parts, one a line; of two for the same server the later one counts. */
function readSaved(file: string | undefined): Map<string, Outcome> {
  const lines = file !== undefined && existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
  const outcomes = lines.filter(Boolean).map((line): Outcome => JSON.parse(line))
  return new Map(outcomes.map((outcome) => [keyOf(outcome.pairing), outcome]))
}

const outcomes = readSaved(values.save)
const left = partOf(pairings, values.part).filter((pairing) => !outcomes.has(keyOf(pairing)))
await runPairings(left, Number(values.threads), (outcome) => {
  outcomes.set(keyOf(outcome.pairing), outcome)
  if (values.save !== undefined) appendFileSync(values.save, `${JSON.stringify(outcome)}\n`)
  if (values.ids !== undefined) process.stdout.write(`${printOutcome(outcome)}\n`)
})
const score = scoreOf(pairings.flatMap((pairing) => outcomes.get(keyOf(pairing)) ?? []))
process.stdout.write(`${printScore(score)}\n`)
process.exitCode = score.isPerfect ? 0 : 1
