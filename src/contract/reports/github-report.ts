import { type Annotation, annotationLine, annotationLines } from '../../http/annotation.ts'
import type { Finding, Level } from '../finding.ts'
import type { ContractReport } from '../report.ts'
import { detailLines } from './detail.ts'
import { coverageLine, reasonsOf } from './summary.ts'

const KINDS: { readonly [Name in Level]: Annotation['kind'] } = { failure: 'error', note: 'notice', advice: 'warning' }

/**
 * The report as workflow commands of GitHub Actions. A finding stands at its line of the document if the user's repository has
 * the document.
 */
export const githubReport = (report: ContractReport): string =>
  [
    ...annotationLines(
      [...problemOf(report), ...report.findings.map((finding) => annotationOf(finding, report.documentFile))],
      'The report of the run has all: --report markdown=FILE.',
    ),
    annotationLine(coverageNotice(report)),
  ]
    .map((line) => `${line}\n`)
    .join('')

const problemOf = ({ problem }: ContractReport): Annotation[] =>
  problem === '' ? [] : [{ kind: 'error', title: 'The contract suite could not run', message: problem }]

const annotationOf = (finding: Finding, file: string): Annotation => ({
  kind: KINDS[finding.level],
  title: `${finding.operation}: ${finding.check} at ${finding.place}`,
  message: detailLines(finding).join('\n'),
  ...(file !== '' && { file, line: finding.line }),
})

function coverageNotice(report: ContractReport): Annotation {
  const reasons = reasonsOf(report).map(([reason, cells]) => `${cells} cells: ${reason}`)
  return { kind: 'notice', title: 'Coverage', message: [coverageLine(report), ...reasons].join('\n') }
}
