import type { Finding } from '../finding.ts'
import type { CheckResult, ContractReport } from '../report.ts'
import { countsOf, coverageLine, reasonsOf } from './summary.ts'
import { type Element, writeElement } from './xml-element.ts'

/** The report as JUnit XML: one case for each check, which fails with all that it found; coverage among the properties. */
export function junitReport(report: ContractReport): string {
  const { baseUrl, problem, times, verdict } = report
  const cases = [...(verdict === 'could-not-run' ? [preflightCase(problem)] : []), ...report.checks.map(caseOf(report))]
  const totals = {
    tests: cases.length,
    failures: countOf(cases, 'failure'),
    errors: countOf(cases, 'error'),
    skipped: countOf(cases, 'skipped'),
  }
  const about = { name: `contract ${baseUrl}`, timestamp: times.startedAt, time: times.durationMs / 1000 }
  const suite = element('testsuite', { ...about, ...totals }, [propertiesOf(report), ...cases])
  return `<?xml version="1.0" encoding="UTF-8"?>\n${writeElement(element('testsuites', totals, [suite]))}`
}

const element = (name: string, attributes: Element['attributes'] = {}, children: readonly Element[] = []): Element => ({
  name,
  attributes,
  children,
})

/** How many cases have a child of this name. */
const countOf = (cases: readonly Element[], name: string) =>
  cases.filter(({ children }) => children.some((child) => child.name === name)).length

function propertiesOf(report: ContractReport): Element {
  const { requests, waits } = countsOf(report)
  const unreached = reasonsOf(report).map(([reason, cells]) => ['unreached', `${cells} cells: ${reason}`] as const)
  const rows = [
    ['mode', report.mode],
    ['seed', report.seed],
    ['requests', requests],
    ['waits', waits],
    ['coverage', coverageLine(report)],
    ...unreached,
  ] as const
  const properties = rows.map(([name, value]) => element('property', { name, value }))
  return element('properties', {}, properties)
}

const preflightCase = (message: string) =>
  element('testcase', { classname: 'contract', name: 'preflight' }, [element('error', { message })])

const caseOf =
  ({ findings, document }: ContractReport) =>
  ({ id, title, applied }: CheckResult): Element => {
    const failures = findings.filter(({ check, level }) => check === id && level === 'failure')
    const message = failures.map((finding) => detailOf(finding, document)).join('\n\n')
    return element('testcase', { classname: `contract.${id}`, name: title }, [
      ...(failures.length > 0 ? [element('failure', { message, type: 'conformance' })] : []),
      ...(applied === 0 ? [element('skipped')] : []),
    ])
  }

const detailOf = ({ operation, expected, actual, line, curl, replay }: Finding, document: string) =>
  `${operation}: expected ${expected} (${document}, line ${line}), received ${actual}\n${curl}\n${replay}`
