import { printable } from '../../http/printable.ts'
import type { Finding } from '../finding.ts'
import type { CheckResult, ContractReport } from '../report.ts'
import { detailLines } from './detail.ts'
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

const preflightCase = (problem: string) =>
  element('testcase', { classname: 'contract', name: 'preflight' }, [
    { ...element('error', { message: firstLine(problem), type: 'could-not-run' }), text: problem },
  ])

const caseOf =
  ({ findings, document }: ContractReport) =>
  ({ id, title, applied }: CheckResult): Element => {
    const failures = findings.filter(({ check, level }) => check === id && level === 'failure')
    const isElsewhere = failures.length === 0 && findings.some((finding) => isPartOf(finding, id))
    return element('testcase', { classname: `contract.${id}`, name: title }, [
      ...(failures.length > 0 ? [failureOf(failures, document)] : []),
      ...(isElsewhere ? [element('skipped', { message: 'what failed here follows from another failure' })] : []),
      ...(applied === 0 && !isElsewhere ? [element('skipped')] : []),
    ])
  }

/** True if a failure of another check takes in places of this one. */
const isPartOf = ({ level, places }: Finding, id: string) =>
  level === 'failure' && places.some(({ check }) => check === id)

/** GitLab and CircleCI show the text of the element alone, others its message, on one line. */
function failureOf(failures: readonly Finding[], document: string): Element {
  const [first] = failures
  const more = failures.length > 1 ? ` (and ${failures.length - 1} more)` : ''
  const message = `${firstLine(first?.message ?? '')}${more}`
  const text = failures.map((finding) => detailLines(finding, document).join('\n')).join('\n\n')
  return { ...element('failure', { message, type: 'conformance' }), text }
}

const firstLine = (text: string) => printable(text, Number.POSITIVE_INFINITY)
