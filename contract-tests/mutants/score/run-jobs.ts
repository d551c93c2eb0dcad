import { Worker } from 'node:worker_threads'
import { compile } from '../../../scripts/compile.js'
import type { Job, Outcome } from './job.ts'

const JOBS_AT_ONCE = 4

/** Runs all jobs on as many threads as are asked for, and gives their outcomes in the order of the jobs. */
export async function runJobs(
  jobs: readonly Job[],
  threads: number,
  onOutcome: (outcome: Outcome) => void = () => {},
): Promise<Outcome[]> {
  const script = await compile('contract-tests/mutants/score/worker.ts')
  const shares = Array.from({ length: threads }, (_, share) => jobs.filter((_job, index) => index % threads === share))
  const outcomes = (await Promise.all(shares.map((share) => runShare(script, share, onOutcome)))).flat()
  // A fault has one job for each mode, whatever depth and seed showed it.
  const keyOf = ({ fault, variant, seed, mode, depth, isInProcess }: Job) =>
    JSON.stringify(fault === undefined ? [variant, seed, mode, depth, isInProcess] : [fault, mode])
  const places = new Map(jobs.map((job, index) => [keyOf(job), index]))
  return outcomes.sort((a, b) => (places.get(keyOf(a.job)) ?? 0) - (places.get(keyOf(b.job)) ?? 0))
}

function runShare(script: string, jobs: readonly Job[], onOutcome: (outcome: Outcome) => void): Promise<Outcome[]> {
  return new Promise((resolve, reject) => {
    const outcomes: Outcome[] = []
    const worker = new Worker(script, {
      workerData: { jobs, atOnce: JOBS_AT_ONCE },
    })
    worker.on('message', (outcome: Outcome) => {
      outcomes.push(outcome)
      onOutcome(outcome)
    })
    worker.on('error', reject)
    worker.on('exit', () => resolve(outcomes))
  })
}
