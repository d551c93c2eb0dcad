import type { ContractReport } from '../report.ts'
import { githubReport } from './github-report.ts'
import { htmlReport } from './html-report.ts'
import { jsonReport } from './json-report.ts'
import { junitReport } from './junit-report.ts'
import { markdownReport } from './markdown-report.ts'
import { sarifReport } from './sarif-report.ts'
import { textReport } from './text-report.ts'

/** Writes a report in each format. */
export const REPORTS = {
  text: textReport,
  json: jsonReport,
  junit: junitReport,
  html: htmlReport,
  sarif: sarifReport,
  github: githubReport,
  markdown: markdownReport,
} as const satisfies Readonly<Record<string, (report: ContractReport) => string>>

/** The names of the formats. */
export type ReportFormat = keyof typeof REPORTS
