import type { Finding, Level } from '../finding.ts'
import type { ContractReport } from '../report.ts'

const LEVELS: { readonly [Name in Level]: string } = { failure: 'error', note: 'note', advice: 'warning' }

/** The report as SARIF 2.1.0 (OASIS): each finding at its line of the document. */
export function sarifReport({ document, checks, findings }: ContractReport): string {
  const rules = checks.map(({ id, title }) => ({ id, shortDescription: { text: title } }))
  const driver = { name: 'inboxes-mock contract', rules }
  const run = { tool: { driver }, results: findings.map((finding) => resultOf(finding, document)) }
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] }
  return `${JSON.stringify(log, undefined, 2)}\n`
}

function resultOf({ id, check, level, operation, expected, actual, line, curl }: Finding, document: string) {
  return {
    ruleId: check,
    level: LEVELS[level],
    message: { text: `${operation}: expected ${expected}, received ${actual}\n${curl}` },
    locations: [{ physicalLocation: { artifactLocation: { uri: document }, region: { startLine: line } } }],
    partialFingerprints: { finding: id },
  }
}
