import { fileURLToPath } from 'node:url'
import type { Mode } from '../src/contract/report.ts'
import { type ContractOptions, defaultMode } from '../src/contract/run-contract.ts'
import { createMock } from '../src/index.ts'
import { loadDocument } from '../src/spec/document.ts'

/** What the suite is aimed at. */
export interface Aim {
  /** Ends in the base path. */
  readonly url: string
  readonly key: string
  readonly mode: Mode
  readonly close: () => Promise<void>
}

const MOCK_KEY = 'special-key'

/** The server that `CONTRACT_BASE_URL` and `INBOXES_API_KEY` name, or a mock of this process. */
export async function takeAim(env: NodeJS.ProcessEnv = process.env): Promise<Aim> {
  const { CONTRACT_BASE_URL: named, INBOXES_API_KEY: key = MOCK_KEY } = env
  if (named) return { url: named.replace(/\/+$/, ''), key, mode: defaultMode(named), close: async () => {} }
  const { url, close } = await createMock({ apiKeys: [key] }).listen()
  return { url, key, mode: 'full', close }
}

/** What a run of the engine needs to know of the aim. */
export const optionsFor = ({ url, key, mode }: Aim): ContractOptions => ({
  document: loadDocument(fileURLToPath(new URL('../../openapi.yaml', import.meta.url))),
  baseUrl: url,
  apiKey: key,
  mode,
  now: Date.now,
})
