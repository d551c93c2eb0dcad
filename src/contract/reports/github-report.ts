import type { Finding, Level } from '../finding.ts'
import type { ContractReport } from '../report.ts'

const COMMANDS: { readonly [Name in Level]: string } = { failure: 'error', note: 'notice', advice: 'warning' }

/** The report as workflow commands of GitHub Actions, which show each finding at its line of the document. */
export const githubReport = ({ document, findings, problem }: ContractReport): string =>
  [
    ...(problem === '' ? [] : [`::error::${escapeText(problem)}`]),
    ...findings.map((finding) => annotationOf(finding, document)),
  ]
    .map((line) => `${line}\n`)
    .join('')

function annotationOf({ level, operation, check, expected, actual, line }: Finding, document: string): string {
  const title = escapeProperty(`${operation}: ${check}`)
  const message = escapeText(`expected ${expected}, received ${actual}`)
  return `::${COMMANDS[level]} file=${escapeProperty(document)},line=${line},title=${title}::${message}`
}

const escapeText = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const escapeProperty = (text: string) => escapeText(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
