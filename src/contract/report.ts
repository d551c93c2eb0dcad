import type { Finding } from './finding.ts'

export type Mode = 'safe' | 'owned' | 'full'

/** How much a run tries. */
export type Depth = 'quick' | 'usual' | 'thorough'

/** One cell of operation, status, media type and parameter, and whether it was reached. */
export interface CoverageCell {
  readonly operation: string
  /** A documented status, or `default`. */
  readonly status: string
  /** A media type of the reply, or '' if it has no documented body. */
  readonly mediaType: string
  /** A parameter or field of the request, as `query status` or `body /name`, or '' for the reply itself. */
  readonly parameter: string
  readonly state: 'covered' | 'failed' | 'unreached'
  /** Why it was not reached; '' otherwise. */
  readonly reason: string
}

/** A check and its result in this run. */
export interface CheckResult {
  readonly id: string
  readonly title: string
  /** How often it ran; 0 means that no interaction was of its kind. */
  readonly applied: number
  /** The operations in which it ran. */
  readonly operations: readonly string[]
  /** The places at which it failed. */
  readonly failures: number
}

/** The result of a run. All but `times` is the same for the same seed and server. */
export interface ContractReport {
  readonly version: 1
  readonly document: string
  /** The document's path in the user's repository; '' for the packaged one. */
  readonly documentFile: string
  readonly baseUrl: string
  readonly mode: Mode
  readonly seed: number
  /** The operations that the run was limited to; empty for all. */
  readonly only: readonly string[]
  readonly verdict: 'conforms' | 'fails' | 'could-not-run'
  /** Why it could not run, and what to do; '' otherwise. */
  readonly problem: string
  readonly requests: number
  /** The number of waits that answers 429 or 503 asked for. */
  readonly waits: number
  readonly findings: readonly Finding[]
  readonly checks: readonly CheckResult[]
  readonly coverage: readonly CoverageCell[]
  /** The parts that were not checked, with the reason. */
  readonly skipped: readonly string[]
  /** Records that the run created and could not remove. */
  readonly leftovers: readonly string[]
  /** The command that checks the same server again, without the flags of this run's plan. */
  readonly command: string
  /** The command that tries again to remove what the API can remove; '' if nothing is left of that. */
  readonly cleanUp: string
  readonly times: { readonly startedAt: string; readonly durationMs: number }
}

/** The records that a run left on the server, and how to remove them. */
export type Left = Pick<ContractReport, 'leftovers' | 'cleanUp'>
