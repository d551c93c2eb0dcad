import { MOST_SUMMARY_BYTES, markdownBlock, markdownText, markdownWithin } from '../../http/markdown.ts'
import type { Difference, DriftReport } from '../report.ts'
import { endOf, summary } from './text-report.ts'

/** The report as Markdown, for the summary of a job. */
export const markdownReport = (report: DriftReport): string =>
  markdownWithin(
    [
      `## ${markdownText(report.baseUrl)} and the mock`,
      markdownText(report.verdict === 'could-not-run' ? report.problem : summary(report)),
      ...report.differences.map(partOf),
    ],
    MOST_SUMMARY_BYTES,
    'The report in JSON has more.',
  )

const partOf = (difference: Difference, index: number): string =>
  [
    `### ${index + 1}. ${markdownText(difference.statement)}`,
    markdownText(`${difference.operations.join(', ')}: ${difference.cases} cases, ${endOf(difference)}`),
    markdownBlock(difference.curl, 'sh'),
  ].join('\n\n')
