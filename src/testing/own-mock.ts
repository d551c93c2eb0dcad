import { Worker } from 'node:worker_threads'
import type { MockOptions } from '../mock/options.ts'
import { pathOf } from '../openapi/package-files.ts'

/** How a mock that the tests start themselves differs from the default one. */
export type OwnMockOptions = Pick<MockOptions, 'seed' | 'pets' | 'apiKeys' | 'pack' | 'document'>

/** A mock that runs, wherever. */
export interface RunningMock {
  /** Of the API, base path included. */
  readonly url: string
  close(): Promise<void>
}

/**
 * Starts a mock in a thread of its own, on a free port of loopback. There the globals that test environments take away and
 * the timers that tests fake are as Node made them, and it ends with the process, however that ends.
 */
export async function startOwnMock(options: OwnMockOptions): Promise<RunningMock> {
  const argv = ['--port=0', '--json', '--quiet', ...flagsOf(options)]
  const worker = new Worker(pathOf('dist/bundle/cli.cjs'), { argv, env: {}, stdout: true, stderr: true })
  const url = await readyUrl(worker)
  worker.unref()
  return { url, close: async () => void (await worker.terminate()) }
}

/** The command's flags for these options. */
const FLAGS: { readonly [Key in keyof OwnMockOptions]-?: string } = {
  seed: 'seed',
  pets: 'pets',
  apiKeys: 'api-key',
  pack: 'pack',
  document: 'document',
}

function flagsOf(options: OwnMockOptions): string[] {
  return Object.entries(options).flatMap(([key, value]) =>
    [value].flat().map((each) => `--${FLAGS[key as keyof OwnMockOptions]}=${each}`),
  )
}

function readyUrl(worker: Worker): Promise<string> {
  return new Promise((resolve, reject) => {
    let failure = ''
    worker.stderr.on('data', (text) => {
      failure += String(text)
    })
    worker.stdout.once('data', (line) => resolve((JSON.parse(String(line)) as { url: string }).url))
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error(`The mock could not start: ${failure.trim()}`)))
  })
}
