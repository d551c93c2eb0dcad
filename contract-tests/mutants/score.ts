import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import type { Mode } from '../../src/contract/report.ts'
import { allJobs, type Job, someJobs } from './score/job.ts'
import { printOutcome, printScore } from './score/print.ts'
import { runJobs } from './score/run-jobs.ts'
import { isPerfect, scoreOf } from './score/score.ts'
import { VARIANTS } from './variants.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    every: { type: 'boolean', default: false },
    ids: { type: 'string' },
    modes: { type: 'string', default: 'safe,owned,full' },
  },
})
const threads = Math.min(4, availableParallelism())

/** Scores the whole catalogue. */
async function scoreAll(): Promise<void> {
  const score = scoreOf(await runJobs(allJobs(Number(values.seeds), values.every), threads))
  process.stdout.write(`${printScore(score)}\n`)
  process.exitCode = isPerfect(score) ? 0 : 1
}

/** Prints the failures on each of a few servers, for work on the suite; `variants` stands for all variants. */
async function look(ids: string): Promise<void> {
  const list = ids === 'variants' ? VARIANTS.map(({ id }) => id) : ids.split(',')
  const jobs: Job[] = someJobs(list, values.modes.split(',') as Mode[], 1)
  await runJobs(jobs, threads, (outcome) => process.stdout.write(`${printOutcome(outcome)}\n`))
}

await (values.ids === undefined ? scoreAll() : look(values.ids))
