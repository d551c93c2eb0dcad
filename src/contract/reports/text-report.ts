import { KEY_VARIABLE } from '../../http/curl.ts'
import { printable } from '../../http/printable.ts'
import type { Finding, Level } from '../finding.ts'
import type { ContractReport, Left } from '../report.ts'
import { otherPlaces } from './detail.ts'
import { counted, countsOf, nextStep, reasonsOf, verdictLine } from './summary.ts'

/** The report for a terminal: failures, notes, advice, and what to do next. */
export function textReport(report: ContractReport): string {
  const { problem, findings, document } = report
  const of = (level: Level) => findings.filter((finding) => finding.level === level)
  const notes = of('note')
  return [
    tame(verdictLine(report)),
    ...(problem === '' ? [] : [tame(problem)]),
    '',
    ...of('failure').flatMap((finding) => paragraph(finding, document)),
    ...keyLine(of('failure')),
    ...listed(
      'Accepted by the baseline',
      notes.filter(({ accepted }) => accepted),
    ),
    ...listed(
      'Notes (the document is incomplete here)',
      notes.filter(({ accepted }) => !accepted),
    ),
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

function paragraph(finding: Finding, document: string): string[] {
  const { id, operation, check, message, place, expected, actual, line, curl, replay } = finding
  const others = otherPlaces(finding)
  return [
    tame(`FAILURE ${message}`),
    row('finding', `${operation}: ${check} at ${place} (${id})`),
    row('expected', curl === '' ? expected : `${expected} (${document}, line ${line})`),
    row('received', actual),
    ...(curl === '' ? [] : curl.split('\n').map((command, index) => row(index === 0 ? 'see it' : '', command))),
    ...(others === '' ? [] : [row('also at', others)]),
    ...(replay === '' ? [] : [row('replay', replay)]),
    '',
  ]
}

const row = (name: string, text: string) => `  ${name.padEnd(9)} ${tame(text)}`

/** The commands name the key by a variable, which a key that was given by flag is not in. */
function keyLine(failures: readonly Finding[]): string[] {
  const isUsed = failures.some(({ curl, replay }) => `${curl} ${replay}`.includes(KEY_VARIABLE))
  return isUsed ? [`The commands take the key from ${KEY_VARIABLE}.`, ''] : []
}

/** Lists findings of a lower level, one line each. */
function listed(title: string, findings: readonly Finding[]): string[] {
  if (findings.length === 0) return []
  const lines = findings.map(({ expected, actual, places }) => {
    const operations = [...new Set(places.map(({ operation }) => operation))]
    return `  ${tame(`expected ${expected}; ${actual}: ${operations.join(', ')}`)}`
  })
  return [`${title}:`, ...new Set(lines), '']
}

function counts(report: ContractReport): string {
  const { requests, waits, applied, checks, reached, cells, failures } = countsOf(report)
  const waited = waits === 0 ? '' : `, ${waits} waits that the server asked for (429, 503)`
  return `${requests} requests in ${report.times.durationMs} ms${waited}; ${applied} of ${checks} checks ran; ${reached} of ${cells} cells of the document were reached; ${counted(failures, 'failure')}.`
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

/** The lines on what a run left behind; none if it left nothing. */
export function leftBehind({ leftovers, cleanUp }: Left): string[] {
  const removable = leftovers.filter((what) => what.startsWith('DELETE '))
  const others = leftovers.filter((what) => !what.startsWith('DELETE '))
  const remedy = cleanUp === '' ? '' : ` To try again: ${tame(cleanUp)}`
  return [
    ...section('Left behind, since the API cannot remove it:', others),
    ...section(`Left behind, since the server did not delete it.${remedy}`, removable),
  ]
}

const section = (title: string, lines: readonly string[]) =>
  lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${tame(line)}`), '']
