import type { PastRun } from '../history.ts'
import type { DriftReport } from '../report.ts'
import { githubReport } from './github-report.ts'
import { htmlReport } from './html-report.ts'
import { junitReport } from './junit-report.ts'
import { markdownReport } from './markdown-report.ts'
import { textReport } from './text-report.ts'

/** Writes a report in a format; a page also draws the earlier runs. */
type Write = (report: DriftReport, past?: readonly PastRun[]) => string

/** The formats of a report. */
export const DRIFT_REPORTS = {
  text: textReport,
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
  html: htmlReport,
  junit: junitReport,
  github: githubReport,
  markdown: markdownReport,
} as const satisfies Readonly<Record<string, Write>>
