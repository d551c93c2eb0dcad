import { afterAll, beforeAll, test } from '@jest/globals'
import supertest from 'supertest'
import type { ContractOptions } from '../src/contract/contract-options.ts'
import type { Mode } from '../src/contract/report.ts'
import { defaultMode } from '../src/contract/run-contract.ts'
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

/** A server on another machine is only read: nothing is written to it. */
const targetMode = ({ CONTRACT_BASE_URL: url } = process.env): Mode => (url ? defaultMode(url) : 'full')

/** A test that writes; skipped, and reported as skipped, if the target may only be read. */
export const writingTest: (name: string, run: () => Promise<void>) => void = targetMode() === 'safe' ? test.skip : test

/** Opens the server that `CONTRACT_BASE_URL` and `INBOXES_API_KEY` name, or a mock in this process. */
export async function openTarget(env: NodeJS.ProcessEnv = process.env): Promise<Target> {
  const { CONTRACT_BASE_URL: named, INBOXES_API_KEY: key = MOCK_KEY } = env
  const mode = targetMode(env)
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
  now: Date.now,
})
