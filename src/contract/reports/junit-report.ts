import type { TestSuite } from 'junit-report-builder'
import { loadPackage } from '../../package-files.ts'
import type { Finding } from '../finding.ts'
import type { CheckResult, ContractReport } from '../report.ts'

type JunitBuilder = typeof import('junit-report-builder')['default']

/** The report as JUnit XML: one case for each check, which fails with all that it found. */
export function junitReport(report: ContractReport): string {
  const builder = loadPackage<JunitBuilder>('junit-report-builder').newBuilder()
  const suite = builder
    .testSuite()
    .name(`contract ${report.baseUrl}`)
    .timestamp(report.times.startedAt)
    .time(report.times.durationMs / 1000)
  if (report.verdict === 'could-not-run') suite.testCase().className('contract').name('preflight').error(report.problem)
  for (const check of report.checks) addCase(suite, check, report.findings)
  return builder.build()
}

function addCase(suite: TestSuite, { id, title, applied }: CheckResult, findings: readonly Finding[]): void {
  const testCase = suite.testCase().className(`contract.${id}`).name(title)
  if (applied === 0) testCase.skipped()
  const failures = findings.filter(({ check, level }) => check === id && level === 'failure')
  if (failures.length > 0) testCase.failure(failures.map(detailOf).join('\n\n'), 'conformance')
}

const detailOf = ({ operation, expected, actual, line, curl }: Finding) =>
  `${operation}: expected ${expected} (openapi.yaml, line ${line}), received ${actual}\n${curl}`
