import { parentPort, workerData } from 'node:worker_threads'
import { compareServer, type Pairing } from './compare-servers.ts'

const { pairings, atOnce, adopt } = workerData as {
  readonly pairings: readonly Pairing[]
  readonly atOnce: number
  readonly adopt: boolean
}
const queue = [...pairings]
Error.stackTraceLimit = 0

async function work(): Promise<void> {
  for (let pairing = queue.shift(); pairing; pairing = queue.shift())
    parentPort?.postMessage({ pairing, ...(await compareServer(pairing, adopt)) })
}

await Promise.all(Array.from({ length: atOnce }, work))
