import { Worker } from 'node:worker_threads'
import { compile } from '../../scripts/compile.js'
import type { Outcome } from './outcome.ts'
import type { Pairing } from './pairing.ts'

const AT_ONCE = 3

/** Compares all servers on so many threads. */
export async function runPairings(
  pairings: readonly Pairing[],
  threads: number,
  onOutcome: (outcome: Outcome) => void,
): Promise<void> {
  const script = await compile('contract-tests/drift/score-worker.ts')
  const shares = Array.from({ length: threads }, (_, share) =>
    pairings.filter((_one, index) => index % threads === share),
  )
  await Promise.all(shares.map((share) => runShare(script, share, onOutcome)))
}

function runShare(script: string, pairings: readonly Pairing[], onOutcome: (outcome: Outcome) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, { workerData: { pairings, atOnce: AT_ONCE } })
    worker.on('message', onOutcome)
    worker.on('error', reject)
    worker.on('exit', () => resolve())
  })
}
