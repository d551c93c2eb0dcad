import { printableLines } from '../../http/printable.ts'
import type { Finding, Level } from '../finding.ts'
import type { ContractReport } from '../report.ts'
import { coverageLine, reasonsOf } from './summary.ts'

const COMMANDS: { readonly [Name in Level]: string } = { failure: 'error', note: 'notice', advice: 'warning' }

/** The report as workflow commands of GitHub Actions, which show each finding at its line of the document. */
export const githubReport = (report: ContractReport): string =>
  [
    ...(report.problem === '' ? [] : [`::error::${escapeText(report.problem)}`]),
    ...report.findings.map((finding) => annotationOf(finding, report.document)),
    coverageNotice(report),
  ]
    .map((line) => `${line}\n`)
    .join('')

function annotationOf({ level, operation, check, expected, actual, line, curl }: Finding, document: string): string {
  const title = escapeProperty(`${operation}: ${check}`)
  const message = escapeText(`expected ${expected}, received ${actual}\n${curl}`)
  return `::${COMMANDS[level]} file=${escapeProperty(document)},line=${line},title=${title}::${message}`
}

function coverageNotice(report: ContractReport): string {
  const reasons = reasonsOf(report).map(([reason, cells]) => `${cells} cells: ${reason}`)
  return `::notice title=Coverage::${escapeText([coverageLine(report), ...reasons].join('\n'))}`
}

const escapeText = (text: string) =>
  printableLines(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const escapeProperty = (text: string) => escapeText(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
