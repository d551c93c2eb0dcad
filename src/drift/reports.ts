import type { DriftReport } from './report.ts'
import { textReport } from './text-report.ts'

/** Writes a report in a format. */
type Write = (report: DriftReport) => string

/** The formats of a report. */
export const DRIFT_REPORTS = {
  text: textReport,
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
  html: textReport,
  junit: textReport,
  github: textReport,
  markdown: textReport,
} as const satisfies Readonly<Record<string, Write>>
