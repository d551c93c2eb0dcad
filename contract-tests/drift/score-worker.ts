import { parentPort, workerData } from 'node:worker_threads'
import { compareServer, type Further } from './compare-servers.ts'
import { isSettled, type Outcome } from './outcome.ts'
import type { Pairing } from './pairing.ts'

const { pairings, atOnce } = workerData as { readonly pairings: readonly Pairing[]; readonly atOnce: number }
const queue = [...pairings]
// A refusal is thrown thousands of times, and nobody reads where.
Error.stackTraceLimit = 0

/** A fault that shows needs no more. A plain server is its own equal if it equals the mock. */
const furtherFor = ({ variant }: Pairing): Further => ({ adopt: variant !== undefined, self: variant !== undefined })

/** Compares by a quick run, and by the usual one if the quick one does not come out as it should. */
async function compareInSteps(pairing: Pairing): Promise<Outcome> {
  const further = furtherFor(pairing)
  if (pairing.depth) return { pairing, ...(await compareServer(pairing, further)) }
  const quick = { pairing, ...(await compareServer({ ...pairing, depth: 'quick' }, further)) }
  return isSettled(quick) ? quick : { pairing, ...(await compareServer({ ...pairing, depth: 'usual' }, further)) }
}

async function work(): Promise<void> {
  for (let pairing = queue.shift(); pairing; pairing = queue.shift())
    parentPort?.postMessage(await compareInSteps(pairing))
}

await Promise.all(Array.from({ length: atOnce }, work))
