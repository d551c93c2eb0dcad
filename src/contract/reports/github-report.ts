import { type Annotation, annotationLine, annotationLines } from '../../http/annotation.ts'
import type { Finding, Level } from '../finding.ts'
import type { ContractReport } from '../report.ts'
import { coverageLine, reasonsOf } from './summary.ts'

const KINDS: { readonly [Name in Level]: Annotation['kind'] } = { failure: 'error', note: 'notice', advice: 'warning' }

/** The report as workflow commands of GitHub Actions, which show each finding at its line of the document. */
export const githubReport = (report: ContractReport): string =>
  [
    ...annotationLines(
      [...problemOf(report), ...report.findings.map((finding) => annotationOf(finding, report.document))],
      'The summary of the run has all.',
    ),
    annotationLine(coverageNotice(report)),
  ]
    .map((line) => `${line}\n`)
    .join('')

const problemOf = ({ problem }: ContractReport): Annotation[] =>
  problem === '' ? [] : [{ kind: 'error', title: 'The contract suite could not run', message: problem }]

const annotationOf = (
  { level, operation, check, expected, actual, line, curl }: Finding,
  document: string,
): Annotation => ({
  kind: KINDS[level],
  title: `${operation}: ${check}`,
  message: `expected ${expected}, received ${actual}\n${curl}`,
  file: document,
  line,
})

function coverageNotice(report: ContractReport): Annotation {
  const reasons = reasonsOf(report).map(([reason, cells]) => `${cells} cells: ${reason}`)
  return { kind: 'notice', title: 'Coverage', message: [coverageLine(report), ...reasons].join('\n') }
}
