import { type Annotation, annotationLine, annotationLines } from '../../http/annotation.ts'
import type { Difference, DriftReport } from '../report.ts'
import { summary } from './text-report.ts'

const FILE = 'openapi.yaml'

/** The report as workflow commands of GitHub Actions, which show each difference at its line of the document. */
export const githubReport = (report: DriftReport): string =>
  [
    ...annotationLines(
      [...problemOf(report), ...report.differences.map(annotationOf)],
      'The summary of the run has all.',
    ),
    annotationLine({ kind: 'notice', title: 'drift', message: summary(report) }),
  ]
    .map((line) => `${line}\n`)
    .join('')

const problemOf = ({ problem }: DriftReport): Annotation[] =>
  problem === '' ? [] : [{ kind: 'error', title: 'drift', message: problem }]

const annotationOf = ({ id, kind, statement, line }: Difference): Annotation => ({
  kind: kind === 'breaks' ? 'error' : 'warning',
  title: id,
  message: statement,
  file: FILE,
  line,
})
