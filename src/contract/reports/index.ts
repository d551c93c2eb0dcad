import type { ContractReport } from '../report.ts'
import { jsonReport } from './json-report.ts'
import { textReport } from './text-report.ts'

/** Writes a report in each format. */
export const REPORTS = {
  text: textReport,
  json: jsonReport,
} as const satisfies Readonly<Record<string, (report: ContractReport) => string>>

/** The names of the formats. */
export type ReportFormat = keyof typeof REPORTS
