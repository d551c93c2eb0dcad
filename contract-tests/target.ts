import { afterAll, beforeAll, test } from '@jest/globals'
import supertest from 'supertest'
import type { ContractOptions } from '../src/contract/contract-options.ts'
import { createRunId } from '../src/contract/index.ts'
import { modeFor, prepare } from '../src/contract/prepare.ts'
import type { Mode } from '../src/contract/report.ts'
import { createMock } from '../src/index.ts'
import { loadDocument } from '../src/openapi/load-document.ts'
import { pathOf } from '../src/openapi/package-files.ts'

/** The server that the tests of this folder call. */
export interface Target {
  /** Ends in the base path, such as `/v2`. */
  readonly url: string
  readonly key: string
  readonly mode: Mode
  readonly close: () => Promise<void>
}

/** The key that the document advertises. */
const MOCK_KEY = 'special-key'

/**
 * Only a mock may be written to freely, and a server of which `CONTRACT_MODE=full` says so. Any other is only read, also on this
 * machine: it may be the end of a tunnel.
 */
async function targetMode({ CONTRACT_BASE_URL: baseUrl, CONTRACT_MODE: mode } = process.env): Promise<Mode> {
  if (!baseUrl || mode === 'full') return 'full'
  const { options, access } = prepare({ document: loadDocument(pathOf('openapi.yaml')), baseUrl, now: Date.now })
  return modeFor(options, access, AbortSignal.timeout(10_000))
}

const MODE = await targetMode()

/**
 * A test that writes. On a live server that may only be read it would change somebody's records, so it is skipped there, and
 * reported as skipped. The mock of `npm test` takes all of them.
 */
export const writingTest: (name: string, run: () => Promise<void>) => void = MODE === 'full' ? test : test.skip

/** Opens the server that `CONTRACT_BASE_URL` and `INBOXES_API_KEY` name, or a mock in this process. */
export async function openTarget(env: NodeJS.ProcessEnv = process.env): Promise<Target> {
  const { CONTRACT_BASE_URL: named, INBOXES_API_KEY: key = MOCK_KEY } = env
  const mode = MODE
  if (named) return { url: named.replace(/\/+$/, ''), key, mode, close: async () => {} }
  const { url, close } = await createMock({ apiKeys: [key] }).listen()
  return { url, key, mode, close }
}

/** Opens the target for one test file. `api` sends the key with each request, `anonymous` sends none. */
export function useTarget() {
  let target: Target
  beforeAll(async () => {
    target = await openTarget()
  })
  afterAll(() => target.close())
  return {
    api: () => supertest.agent(target.url).set('api_key', target.key),
    anonymous: () => supertest(target.url),
  }
}

/** The options of a contract run against the target. */
export const optionsFor = ({ url, key, mode }: Target): ContractOptions => ({
  document: loadDocument(pathOf('openapi.yaml')),
  baseUrl: url,
  apiKey: key,
  mode,
  runId: createRunId(),
  now: Date.now,
})
