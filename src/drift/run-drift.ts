import type { ContractOptions } from '../contract/contract-options.ts'
import { DEFAULTS } from '../contract/defaults.ts'
import { createRunRedaction } from '../contract/redact.ts'
import type { Left } from '../contract/report.ts'
import type { ApiDocument } from '../openapi/document.ts'
import { merged, type Profile } from '../ways/profile.ts'
import { adoptedPart } from './adopted-part.ts'
import { toDifferences } from './differences.ts'
import { findChanges, type WayChange } from './find-changes.ts'
import { countFuller } from './fuller-plan.ts'
import { pair } from './pairs.ts'
import { type Recording, record } from './record.ts'
import type { DriftReport } from './report.ts'
import { serverName } from './server-name.ts'

/** The options of a comparison: those of a contract run against the live server, and a mock to compare it with. */
export interface DriftOptions extends ContractOptions {
  /** How the mock is asked: in this process, or at another address. */
  readonly mock: Pick<ContractOptions, 'baseUrl' | 'apiKey' | 'fetch'>
  /** Called with what the run left on the live server. The report lacks it: its names differ from run to run. */
  readonly onLeft?: (left: Left) => void
}

/** The options that both runs share. */
const shared = ({ document, now, runId, only, depth, sequences, allowLeftovers, seed }: DriftOptions) => ({
  document,
  now,
  ...(seed !== undefined && { seed }),
  ...(runId !== undefined && { runId }),
  ...(only !== undefined && { only }),
  ...(depth !== undefined && { depth }),
  ...(sequences !== undefined && { sequences }),
  ...(allowLeftovers !== undefined && { allowLeftovers }),
})

/** Compares a live server with a mock. Resolves also if it could not run; the verdict says so. */
export async function runDrift({ mock: target, onLeft, ...options }: DriftOptions): Promise<DriftReport> {
  const startedAt = options.now()
  const live = await record(options)
  const { mode, leftovers, cleanUp } = live.report
  onLeft?.({ leftovers, cleanUp })
  const asking = { ...shared({ ...options, mock: target }), ...target, mode }
  const mock = live.report.problem === '' ? await record(asking) : { seen: [], report: live.report, latency: {} }
  const report = compare(options, live, mock)
  const more = report.problem === '' ? await countFuller(asking, mock.seen) : undefined
  const cases = { ...report.cases, ...(more && { more }) }
  const durationMs = options.now() - startedAt
  return {
    ...report,
    cases,
    times: { startedAt: new Date(startedAt).toISOString(), durationMs, latency: live.latency },
  }
}

/** Compares what two servers answered. */
export function compare(
  { document, baseUrl, apiKey, headers, seed = DEFAULTS.seed }: ContractOptions,
  live: Recording,
  mock: Recording,
): Omit<DriftReport, 'times'> {
  const { phrase, target } = createRunRedaction(apiKey, headers)
  const problem = live.report.problem || mock.report.problem
  const pairs = pair(mock.seen, live.seen)
  const explained = findChanges(pairs, document)
  const server = phrase(serverName(live.report.baseUrl))
  const differences = problem === '' ? toDifferences({ document, server, pairs, explained, live, mock }) : []
  return {
    version: 1,
    baseUrl: target(baseUrl),
    mode: live.report.mode,
    seed,
    verdict: problem === '' ? (differences.length === 0 ? 'same' : 'differs') : 'could-not-run',
    problem: phrase(problem),
    cases: {
      asked: pairs.asked,
      differ: differences.reduce((sum, { cases }) => sum + cases, 0),
      notAsked: pairs.notAsked,
    },
    requests: live.report.requests + mock.report.requests,
    profile: profileOf(explained.changes, document),
    differences: differences.map((one) => ({
      ...one,
      statement: phrase(one.statement),
      live: phrase(one.live),
    })),
  }
}

/** The parts of all ways that can be adopted. */
const profileOf = (changes: readonly WayChange[], document: ApiDocument): Profile =>
  merged(changes.map((found) => adoptedPart(found, document)).filter((part) => typeof part === 'object'))
