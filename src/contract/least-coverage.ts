import type { Place } from './finding.ts'
import { toFinding } from './group-findings.ts'
import type { ContractReport } from './report.ts'

/** Fails a report that has reached too little of the document. */
export function requireCoverage(report: ContractReport, percent: number): ContractReport {
  const cells = report.coverage.length
  const reached = report.coverage.filter(({ state }) => state !== 'unreached').length
  const isEnough = reached * 100 >= percent * cells
  const check = {
    id: 'coverage',
    title: 'Enough of the document was reached',
    applied: 1,
    operations: [],
    failures: isEnough ? 0 : 1,
  }
  const checked = { ...report, checks: [...report.checks, check] }
  if (isEnough) return checked
  const missing: Place = {
    id: 'coverage-least',
    operation: 'every operation',
    check: check.id,
    place: 'the cells of the document',
    sent: '',
    pointer: '',
    line: 1,
    expected: `at least ${percent} % of the ${cells} cells, as --min-coverage asks for`,
    actual: `${reached} cells were reached, which is ${Math.floor((reached * 100) / Math.max(1, cells))} %`,
    curl: '',
  }
  const finding = toFinding([missing], { id: missing.id, level: 'failure', replay: '' })
  const verdict = report.verdict === 'could-not-run' ? report.verdict : 'fails'
  return { ...checked, findings: [...report.findings, finding], verdict }
}
