import { printable } from '../../http/printable.ts'
import type { Finding, Level } from '../finding.ts'
import type { ContractReport } from '../report.ts'
import { groupBy } from './group-by.ts'
import { countsOf, nextStep, reasonsOf } from './summary.ts'

const VERDICTS: { readonly [Verdict in ContractReport['verdict']]: string } = {
  conforms: 'conforms to',
  fails: 'does not conform to',
  'could-not-run': 'could not be held to',
}

/** The report for a terminal: failures, notes, advice, and what to do next. */
export function textReport(report: ContractReport): string {
  const { baseUrl, document, verdict, problem, findings } = report
  const of = (level: Level) => findings.filter((finding) => finding.level === level)
  return [
    tame(`${baseUrl} ${VERDICTS[verdict]} ${document}.`),
    ...(problem === '' ? [] : [tame(problem)]),
    '',
    ...of('failure').flatMap(paragraph),
    ...listed('Notes (the document is incomplete here)', of('note')),
    ...listed('Advice (no failure without --strict)', of('advice')),
    counts(report),
    ...unreached(report),
    ...leftBehind(report),
    tame(nextStep(report)),
    '',
  ].join('\n')
}

/** Escapes what could control a terminal, turn the reader's eye, or be a command to a log that reads commands. */
const tame = (text: string) => printable(text, Number.POSITIVE_INFINITY)

function paragraph({ id, operation, check, expected, actual, line, curl }: Finding): string[] {
  return [
    tame(`FAILURE ${operation}: ${check} (${id})`),
    `  expected  ${tame(expected)} (openapi.yaml, line ${line})`,
    `  received  ${tame(actual)}`,
    ...curl.split('\n').map((command, index) => `  ${index === 0 ? 'see it   ' : '         '} ${tame(command)}`),
    '',
  ]
}

/** Lists equal findings of several operations once. */
function listed(title: string, findings: readonly Finding[]): string[] {
  if (findings.length === 0) return []
  const groups = groupBy(findings, ({ expected, actual }) => tame(`expected ${expected}; ${actual}`))
  const lines = groups.map(([what, some]) => `  ${what}: ${tame(some.map(({ operation }) => operation).join(', '))}`)
  return [`${title}:`, ...lines, '']
}

function counts(report: ContractReport): string {
  const { requests, waits, applied, checks, reached, cells, failures } = countsOf(report)
  const waited = waits === 0 ? '' : `, ${waits} waits that the server asked for (429, 503)`
  return `${requests} requests in ${report.times.durationMs} ms${waited}; ${applied} of ${checks} checks ran; ${reached} of ${cells} cells of the document were reached; ${failures} failures.`
}

const MOST_REASONS = 6

/** Says why cells were not reached, the most frequent reasons first. */
function unreached(report: ContractReport): string[] {
  const reasons = reasonsOf(report)
  const lines = reasons.slice(0, MOST_REASONS).map(([reason, cells]) => `  ${cells} cells: ${tame(reason)}`)
  const more = reasons.length - lines.length
  return lines.length + report.skipped.length === 0
    ? []
    : [
        'Not reached:',
        ...lines,
        ...(more > 0 ? [`  and ${more} reasons more: --report html=report.html has them all`] : []),
        ...report.skipped.map((skip) => `  ${tame(skip)}`),
        '',
      ]
}

function leftBehind({ leftovers }: ContractReport): string[] {
  const removable = leftovers.filter((what) => what.startsWith('DELETE '))
  const others = leftovers.filter((what) => !what.startsWith('DELETE '))
  return [
    ...section('Left behind, since the API cannot remove it:', others),
    ...section(
      'Left behind, since the server did not delete it (inboxes-mock contract cleanup JOURNAL tries again):',
      removable,
    ),
  ]
}

const section = (title: string, lines: readonly string[]) =>
  lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${tame(line)}`), '']
