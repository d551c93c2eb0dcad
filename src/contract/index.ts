import { randomBytes } from 'node:crypto'
import { loadDocument } from '../openapi/load-document.ts'
import { pathOf } from '../openapi/package-files.ts'
import type { ContractOptions } from './contract-options.ts'
import type { ContractReport } from './report.ts'
import { runContract as run } from './run-contract.ts'

/** The options of a run. The defaults are the packaged document, the system's clock, and a run id of its own. */
export type RunContractOptions = Omit<ContractOptions, 'document' | 'now'> &
  Partial<Pick<ContractOptions, 'document' | 'now'>>

/** Holds the server at `baseUrl` to the published document. Resolves also if it could not run; the verdict says so. */
export const runContract = (options: RunContractOptions): Promise<ContractReport> =>
  run({ document: loadDocument(pathOf('openapi.yaml')), now: Date.now, runId: createRunId(), ...options })

/** An id that no other run has: six hexadecimal digits are enough for the runs of one server. */
export const createRunId = (): string => randomBytes(3).toString('hex')

export type { Finding, Level, Place } from './finding.ts'
export type { CheckResult, ContractReport, CoverageCell, Mode } from './report.ts'
export { REPORTS, type ReportFormat } from './reports/index.ts'
