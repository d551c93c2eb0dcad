import { parentPort, workerData } from 'node:worker_threads'
import { compareServer, type Pairing } from './compare-servers.ts'

const { pairings, atOnce } = workerData as { readonly pairings: readonly Pairing[]; readonly atOnce: number }
const queue = [...pairings]
Error.stackTraceLimit = 0

async function work(): Promise<void> {
  for (let pairing = queue.shift(); pairing; pairing = queue.shift())
    parentPort?.postMessage({ pairing, report: await compareServer(pairing) })
}

await Promise.all(Array.from({ length: atOnce }, work))
