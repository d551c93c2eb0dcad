import {
  MOST_SUMMARY_BYTES,
  markdownBlock,
  markdownCode,
  markdownTable,
  markdownText,
  markdownWithin,
} from '../../http/markdown.ts'
import type { Finding, Level } from '../finding.ts'
import type { ContractReport } from '../report.ts'
import { otherPlaces } from './detail.ts'
import { coverageLine, nextStep, reasonsOf, verdictLine } from './summary.ts'

const SIGNS: { readonly [Verdict in ContractReport['verdict']]: string } = {
  conforms: '✅',
  fails: '❌',
  'could-not-run': '⚠️',
}

/** The report as Markdown, such as for the summary of a job of GitHub Actions or the comment of a merge request. */
export function markdownReport(report: ContractReport): string {
  const { verdict, problem, findings, document } = report
  const failures = findings.filter(({ level }) => level === 'failure')
  const parts = [
    `## ${SIGNS[verdict]} ${markdownText(verdictLine(report))}`,
    ...(problem === '' ? [] : [markdownText(problem)]),
    `${coverageText(report)}\n\n**${markdownText(nextStep(report))}**`,
    ...failures.flatMap((finding) => failureParts(finding, document)),
    ...tableParts(
      'Accepted by the baseline',
      findings.filter(({ accepted }) => accepted),
    ),
    ...tableParts('Advice', of(findings, 'advice')),
    ...tableParts(
      'Notes: the document is incomplete here',
      of(findings, 'note').filter(({ accepted }) => !accepted),
    ),
    ...unreachedParts(report),
  ]
  return markdownWithin(parts, MOST_SUMMARY_BYTES, 'There is more: `--report html=FILE` has it all.')
}

const of = (findings: readonly Finding[], wanted: Level) => findings.filter(({ level }) => level === wanted)

const coverageText = (report: ContractReport) =>
  markdownText(`${report.requests} requests in mode ${report.mode}; ${coverageLine(report)}.`)

function failureParts(finding: Finding, document: string): string[] {
  const { id, operation, check, message, place, expected, actual, line, curl, replay } = finding
  const others = otherPlaces(finding)
  const where = curl === '' ? '' : ` (${document}, line ${line})`
  const commands = [curl, ...(replay === '' ? [] : ['# after the fix', replay])].filter(Boolean)
  return [
    `### ${markdownText(message)}`,
    [
      `- ${markdownText(`${operation}: ${check} at ${place}`)} ${markdownCode(id)}`,
      `- expected: ${markdownText(`${expected}${where}`)}`,
      `- received: ${markdownText(actual)}`,
      ...(others === '' ? [] : [`- also at: ${markdownText(others)}`]),
    ].join('\n'),
    ...(commands.length === 0 ? [] : [markdownBlock(commands.join('\n'), 'sh')]),
  ]
}

function tableParts(title: string, findings: readonly Finding[]): string[] {
  if (findings.length === 0) return []
  const rows = findings.map(({ operation, check, place, expected, actual }) => [
    operation,
    `${check}: ${place}`,
    expected,
    actual,
  ])
  return [
    `### ${markdownText(title)} (${findings.length})`,
    markdownTable(['Operation', 'Check', 'Expected', 'Received'], rows),
  ]
}

function unreachedParts(report: ContractReport): string[] {
  const rows = [
    ...reasonsOf(report).map(([reason, cells]) => [String(cells), reason]),
    ...report.skipped.map((skip) => ['', skip]),
  ]
  return rows.length === 0 ? [] : ['### Not reached', markdownTable(['Cells', 'Reason'], rows)]
}
