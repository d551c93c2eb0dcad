import type { ContractOptions } from '../../src/contract/contract-options.ts'
import type { Depth } from '../../src/contract/report.ts'
import { type Recording, record } from '../../src/drift/record.ts'
import type { DriftReport } from '../../src/drift/report.ts'
import { compare } from '../../src/drift/run-drift.ts'
import { createMock } from '../../src/index.ts'
import { loadDocument } from '../../src/openapi/load-document.ts'
import { pathOf } from '../../src/openapi/package-files.ts'
import type { Profile } from '../../src/ways/profile.ts'
import { startServer } from '../mutants/start-server.ts'
import type { Pairing } from './pairing.ts'

export const KEY = 'special-key'
/** The address of a mock in this process, which nobody listens on. */
const HERE = 'http://127.0.0.1:4010/v2'

/** A report that is the same for the same seed and servers. */
export type Report = Omit<DriftReport, 'times'>

/** Milliseconds after which no answer comes: servers that let requests hang take long enough. */
const [TIMEOUT, TIMEOUT_OF_FAULTS] = [10_000, 2000]

export const optionsOf = ({ seed, mode, depth = 'usual', fault }: Omit<Pairing, 'variant'>) => ({
  document: loadDocument(pathOf('openapi.yaml')),
  apiKey: KEY,
  seed,
  mode,
  depth,
  timeoutMs: fault === undefined ? TIMEOUT : TIMEOUT_OF_FAULTS,
  now: Date.now,
})

const ofMock = new Map<string, Promise<Recording>>()

/** The mock answers the same to the same seed, mode and depth, so it is asked once for all. */
function mockFor(pairing: Pairing): Promise<Recording> {
  const key = `${pairing.mode} ${pairing.seed} ${pairing.depth}`
  const known = ofMock.get(key) ?? record({ ...optionsOf(pairing), baseUrl: HERE, fetch: createMock().fetch })
  ofMock.set(key, known)
  return known
}

/** The further comparisons of a server. */
export interface Further {
  /** With a mock that has adopted the differences. */
  readonly adopt: boolean
  /** With another server of the same kind. */
  readonly self: boolean
}

/** The outcome for one server. */
export interface Compared {
  readonly depth: Depth
  readonly report: Report
  /** The comparison with a mock that has adopted the differences. */
  readonly adopted?: Adopted
  /** The comparison with another server of the same kind. */
  readonly self?: Report
}

/** The outcome for a mock that has adopted the differences. */
export interface Adopted {
  readonly report: Report
  /** Failures of the contract suite on that mock. */
  readonly failures: readonly string[]
  /** Defects of that mock. */
  readonly defects: readonly string[]
}

/** Starts the server, asks it, and compares it with the mock, and with what else is asked for. */
export async function compareServer(pairing: Pairing, further: Partial<Further> = {}): Promise<Compared> {
  const mock = await mockFor(pairing)
  const live = await recordServer(pairing)
  const options: ContractOptions = { ...optionsOf(pairing), baseUrl: live.report.baseUrl }
  const report = compare(options, live, mock)
  const isAdoptable = Object.keys(report.profile).length > 1
  return {
    depth: pairing.depth ?? 'usual',
    report,
    ...(further.adopt && isAdoptable && { adopted: await learn(pairing, options, live, report.profile) }),
    ...(further.self && { self: compare(options, live, await recordServer(pairing)) }),
  }
}

async function recordServer(pairing: Pairing): Promise<Recording> {
  const { url, close } = await startServer({ ...pairing, key: KEY })
  try {
    return await record({ ...optionsOf(pairing), baseUrl: url })
  } finally {
    await close()
  }
}

async function learn(pairing: Pairing, options: ContractOptions, live: Recording, profile: Profile): Promise<Adopted> {
  const { fetch, defects } = createMock({ profile })
  const learned = await record({ ...optionsOf(pairing), baseUrl: HERE, fetch })
  const failures = learned.report.findings.filter(({ level }) => level === 'failure')
  return {
    report: compare(options, live, learned),
    failures: failures.map(
      ({ operation, expected, actual }) => `${operation}: expected ${expected}, received ${actual}`,
    ),
    defects: [...new Set(defects)],
  }
}
