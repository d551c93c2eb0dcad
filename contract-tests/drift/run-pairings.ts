import { Worker } from 'node:worker_threads'
import { compile } from '../../scripts/compile.js'
import type { Compared, Pairing } from './compare-servers.ts'

/** A pairing and its outcome. */
export interface Outcome extends Compared {
  readonly pairing: Pairing
}

const AT_ONCE = 3

/** Compares all servers on so many threads. */
export async function runPairings(
  pairings: readonly Pairing[],
  threads: number,
  adopt = true,
  onOutcome: (outcome: Outcome) => void = () => {},
): Promise<Outcome[]> {
  const script = await compile('contract-tests/drift/score-worker.ts')
  const shares = Array.from({ length: threads }, (_, share) =>
    pairings.filter((_one, index) => index % threads === share),
  )
  return (await Promise.all(shares.map((share) => runShare(script, share, adopt, onOutcome)))).flat()
}

function runShare(
  script: string,
  pairings: readonly Pairing[],
  adopt: boolean,
  onOutcome: (outcome: Outcome) => void,
): Promise<Outcome[]> {
  return new Promise((resolve, reject) => {
    const outcomes: Outcome[] = []
    const worker = new Worker(script, { workerData: { pairings, atOnce: AT_ONCE, adopt } })
    worker.on('message', (outcome: Outcome) => {
      outcomes.push(outcome)
      onOutcome(outcome)
    })
    worker.on('error', reject)
    worker.on('exit', () => resolve(outcomes))
  })
}
