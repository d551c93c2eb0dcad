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
/** The address of a mock in this process, which nobody listens on. */
const HERE = 'http://127.0.0.1:4010/v2'

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
  const known = ofMock.get(key) ?? record({ ...optionsOf(pairing), baseUrl: HERE, fetch: createMock().fetch })
  ofMock.set(key, known)
  return known
}

/** The outcome for one server. */
export interface Compared {
  readonly report: Omit<DriftReport, 'times'>
  /** The comparison with a mock that has adopted the differences; undefined if nothing was adopted. */
  readonly adopted: Omit<DriftReport, 'times'> | undefined
  /** Defects of the mock with the profile. */
  readonly defects: readonly string[]
}

/** Starts the server, asks it, and compares it with the mock, and with one that has adopted what it can. */
export async function compareServer(pairing: Pairing, isAdopted = false): Promise<Compared> {
  const mock = await mockFor(pairing)
  const { url, close } = await startServer({ ...pairing, key: KEY })
  try {
    const options: ContractOptions = { ...optionsOf(pairing), baseUrl: url }
    const live = await record(options)
    const report = compare(options, live, mock)
    if (!isAdopted || Object.keys(report.profile).length < 2) return { report, adopted: undefined, defects: [] }
    const { fetch, defects } = createMock({ profile: report.profile })
    const learned = await record({ ...optionsOf(pairing), baseUrl: HERE, fetch })
    return { report, adopted: compare(options, live, learned), defects }
  } finally {
    await close()
  }
}
