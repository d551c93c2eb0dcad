import { parentPort, workerData } from 'node:worker_threads'
import { type Job, runInSteps } from './job.ts'

const { jobs, atOnce } = workerData as { readonly jobs: readonly Job[]; readonly atOnce: number }
const queue = [...jobs]
// A refusal is thrown thousands of times, and nobody reads where.
Error.stackTraceLimit = 0

/** A slow server must not hold up the others. */
async function work(): Promise<void> {
  for (let job = queue.shift(); job; job = queue.shift()) parentPort?.postMessage(await runInSteps(job))
}

await Promise.all(Array.from({ length: atOnce }, work))
