import { test } from '@jest/globals'
import type { Mode } from '../src/contract/report.ts'
import { type ContractOptions, defaultMode } from '../src/contract/run-contract.ts'
import { createMock } from '../src/index.ts'
import { loadDocument } from '../src/openapi/document.ts'
import { pathOf } from '../src/openapi/package-files.ts'

/** What the suite is aimed at. */
export interface Aim {
  /** Ends in the base path. */
  readonly url: string
  readonly key: string
  readonly mode: Mode
  readonly close: () => Promise<void>
}

const MOCK_KEY = 'special-key'

/** The mode in which the suite meets its server; a server that is not on this machine is only read. */
const aimedMode = ({ CONTRACT_BASE_URL: named } = process.env): Mode => (named ? defaultMode(named) : 'full')

/** A test that writes. Where the suite only reads it is skipped, and said to be. */
export const writingTest: (name: string, run: () => Promise<void>) => void = aimedMode() === 'safe' ? test.skip : test

/** The server that `CONTRACT_BASE_URL` and `INBOXES_API_KEY` name, or a mock of this process. */
export async function takeAim(env: NodeJS.ProcessEnv = process.env): Promise<Aim> {
  const { CONTRACT_BASE_URL: named, INBOXES_API_KEY: key = MOCK_KEY } = env
  const mode = aimedMode(env)
  if (named) return { url: named.replace(/\/+$/, ''), key, mode, close: async () => {} }
  const { url, close } = await createMock({ apiKeys: [key] }).listen()
  return { url, key, mode, close }
}

/** What a run of the engine needs to know of the aim. */
export const optionsFor = ({ url, key, mode }: Aim): ContractOptions => ({
  document: loadDocument(pathOf('openapi.yaml')),
  baseUrl: url,
  apiKey: key,
  mode,
  now: Date.now,
})
