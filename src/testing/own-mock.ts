import { Worker } from 'node:worker_threads'
import type { MockOptions } from '../mock/options.ts'
import { pathOf } from '../openapi/package-files.ts'

/** Settings of a mock that the tests start themselves. */
export interface OwnMockOptions
  extends Pick<MockOptions, 'seed' | 'pets' | 'apiKeys' | 'pack' | 'document' | 'latency'> {
  /** The path of a profile of a server, to behave like that server. */
  readonly profile?: string
}

/** A mock that accepts requests, in a thread or in another process. */
export interface RunningMock {
  /** The base URL of the API. */
  readonly url: string
  close(): Promise<void>
}

/**
 * Starts a mock in a worker thread, on a free port of loopback. Fake timers and the changed globals of test environments do not
 * reach a thread, and a thread ends with its process, even if that crashes.
 */
export async function startOwnMock(options: OwnMockOptions): Promise<RunningMock> {
  const argv = ['--port=0', '--json', '--quiet', ...flagsOf(options)]
  const worker = new Worker(pathOf('dist/bundle/cli.cjs'), { argv, env: {}, stdout: true, stderr: true })
  const url = await readyUrl(worker)
  worker.unref()
  return { url, close: async () => void (await worker.terminate()) }
}

/** The flag of the command for each option. */
const FLAGS: { readonly [Key in keyof OwnMockOptions]-?: string } = {
  seed: 'seed',
  pets: 'pets',
  apiKeys: 'api-key',
  pack: 'pack',
  document: 'document',
  profile: 'profile',
  latency: 'latency',
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
