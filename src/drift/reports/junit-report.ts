import { type Element, writeElement } from '../../contract/reports/xml-element.ts'
import type { Difference, DriftReport } from '../report.ts'
import { summary } from './text-report.ts'

/** The report as JUnit XML: one failed case for each difference, or one case that passed. */
export function junitReport(report: DriftReport): string {
  const { baseUrl, differences, problem, times } = report
  const cases =
    report.verdict === 'could-not-run'
      ? [testCase('preflight', [element('error', { message: problem })])]
      : differences.length === 0
        ? [testCase(summary(report), [])]
        : differences.map(caseOf)
  const failed = report.verdict === 'could-not-run' ? 0 : differences.length
  const totals = { tests: cases.length, failures: failed, errors: failed === cases.length || problem === '' ? 0 : 1 }
  const suite = element(
    'testsuite',
    { name: `drift ${baseUrl}`, timestamp: times.startedAt, time: times.durationMs / 1000, ...totals },
    [...summaryOf(report), ...cases],
  )
  return `<?xml version="1.0" encoding="UTF-8"?>\n${writeElement(element('testsuites', totals, [suite]))}`
}

const element = (name: string, attributes: Element['attributes'], children: readonly Element[] = []): Element => ({
  name,
  attributes,
  children,
})

/** The summary as a property of the suite. */
const summaryOf = (report: DriftReport): Element[] =>
  report.verdict === 'could-not-run'
    ? []
    : [element('properties', {}, [element('property', { name: 'summary', value: summary(report) })])]

const testCase = (name: string, children: readonly Element[]) =>
  element('testcase', { classname: 'drift', name }, children)

const caseOf = ({ id, statement, kind, curl, operations }: Difference) =>
  testCase(statement, [element('failure', { type: kind, message: `${id}: ${operations.join(', ')}\n${curl}` })])
