import type { ContractOptions } from '../../src/contract/contract-options.ts'
import type { Mode } from '../../src/contract/report.ts'
import { type Recording, record } from '../../src/drift/record.ts'
import type { DriftReport } from '../../src/drift/report.ts'
import { compare } from '../../src/drift/run-drift.ts'
import { createMock } from '../../src/index.ts'
import { loadDocument } from '../../src/openapi/load-document.ts'
import { pathOf } from '../../src/openapi/package-files.ts'
import { startServer } from '../mutants/start-server.ts'

/** One server of the mutants to compare with the mock. */
export interface Pairing {
  readonly variant?: string
  readonly fault?: string
  readonly seed: number
  readonly mode: Mode
}

export const KEY = 'special-key'

export const optionsOf = ({ seed, mode }: Pick<Pairing, 'seed' | 'mode'>) => ({
  document: loadDocument(pathOf('openapi.yaml')),
  apiKey: KEY,
  seed,
  mode,
  timeoutMs: 2000,
  now: Date.now,
})

const ofMock = new Map<string, Promise<Recording>>()

/** The mock answers the same to the same seed and mode, so it is asked once for all. */
function mockFor(pairing: Pairing): Promise<Recording> {
  const key = `${pairing.mode} ${pairing.seed}`
  const known =
    ofMock.get(key) ?? record({ ...optionsOf(pairing), baseUrl: 'http://127.0.0.1:4010/v2', fetch: createMock().fetch })
  ofMock.set(key, known)
  return known
}

/** Starts the server, asks it, and compares it with the mock. */
export async function compareServer(pairing: Pairing): Promise<Omit<DriftReport, 'times'>> {
  const mock = await mockFor(pairing)
  const { url, close } = await startServer({ ...pairing, key: KEY })
  try {
    const options: ContractOptions = { ...optionsOf(pairing), baseUrl: url }
    return compare(options, await record(options), mock)
  } finally {
    await close()
  }
}
