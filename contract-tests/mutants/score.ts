import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { allJobs } from './score/job.ts'
import { printScore } from './score/print.ts'
import { runJobs } from './score/run-jobs.ts'
import { isPerfect, scoreOf } from './score/score.ts'

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '20' }, every: { type: 'boolean', default: false } },
})
const jobs = allJobs(Number(values.seeds), values.every)
const score = scoreOf(await runJobs(jobs, Math.min(4, availableParallelism())))
process.stdout.write(`${printScore(score)}\n`)
process.exitCode = isPerfect(score) ? 0 : 1
