import { Worker } from 'node:worker_threads'
import type { Placed } from './place.ts'

/** A running server, which is some mutants at once, one, or its plain self. */
export interface RunningMutant {
  readonly url: string
  /** How often the code of each mutant ran, by its number. A mutant that is on counts where it ran itself. */
  readonly hits: Int32Array
  /** Ends it, in an endless loop too. */
  readonly stop: () => Promise<void>
}

/** A start takes some 0.2 s; a busy machine needs more. */
const START_MS = 15_000
/** A loop may fill memory until it is ended. */
const MEGABYTES = 256

/** Starts the server in a thread. Resolves with undefined if it ends, or does not listen in time. */
export async function runMutant(
  { entry, server, mutants }: Placed,
  on: readonly number[],
): Promise<RunningMutant | undefined> {
  const count = Math.max(-1, ...mutants.map(({ number }) => number)) + 1
  const hits = new Int32Array(new SharedArrayBuffer(4 * count))
  const worker = new Worker(entry, {
    workerData: { hits, on, server },
    argv: ['--port', '0', '--variant', 'plain'],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: MEGABYTES },
  })
  worker.stderr.resume()
  const stop = async () => void (await worker.terminate())
  const url = await listening(worker)
  if (url === undefined) await stop()
  return url === undefined ? undefined : { url, hits, stop }
}

function listening(worker: Worker): Promise<string | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), START_MS)
    let said = ''
    worker.stdout.on('data', (chunk: Buffer) => {
      said += chunk
      const url = /listening on (\S+)/.exec(said)?.[1]
      if (url !== undefined) resolve(url)
    })
    worker.on('error', () => resolve(undefined)).on('exit', () => resolve(undefined))
    worker.once('exit', () => clearTimeout(timer))
  })
}
