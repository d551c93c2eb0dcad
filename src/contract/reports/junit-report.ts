import type { TestSuite } from 'junit-report-builder'
import { loadPackage } from '../../openapi/package-files.ts'
import type { Finding } from '../finding.ts'
import type { CheckResult, ContractReport } from '../report.ts'
import { countsOf, coverageLine, reasonsOf } from './summary.ts'

type JunitBuilder = typeof import('junit-report-builder')['default']

/** The report as JUnit XML: one case for each check, which fails with all that it found; coverage among the properties. */
export function junitReport(report: ContractReport): string {
  const builder = loadPackage<JunitBuilder>('junit-report-builder').newBuilder()
  const suite = builder
    .testSuite()
    .name(`contract ${report.baseUrl}`)
    .timestamp(report.times.startedAt)
    .time(report.times.durationMs / 1000)
  addProperties(suite, report)
  if (report.verdict === 'could-not-run') suite.testCase().className('contract').name('preflight').error(report.problem)
  for (const check of report.checks) addCase(suite, check, report)
  return builder.build()
}

function addProperties(suite: TestSuite, report: ContractReport): void {
  const { requests, waits } = countsOf(report)
  suite.property('mode', report.mode).property('seed', String(report.seed))
  suite
    .property('requests', String(requests))
    .property('waits', String(waits))
    .property('coverage', coverageLine(report))
  for (const [reason, cells] of reasonsOf(report)) suite.property('unreached', `${cells} cells: ${reason}`)
}

function addCase(suite: TestSuite, { id, title, applied }: CheckResult, { findings, document }: ContractReport): void {
  const testCase = suite.testCase().className(`contract.${id}`).name(title)
  if (applied === 0) testCase.skipped()
  const failures = findings.filter(({ check, level }) => check === id && level === 'failure')
  if (failures.length > 0)
    testCase.failure(failures.map((finding) => detailOf(finding, document)).join('\n\n'), 'conformance')
}

const detailOf = ({ operation, expected, actual, line, curl, replay }: Finding, document: string) =>
  `${operation}: expected ${expected} (${document}, line ${line}), received ${actual}\n${curl}\n${replay}`
