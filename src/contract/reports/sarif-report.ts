import type { Finding, Level } from '../finding.ts'
import type { ContractReport } from '../report.ts'
import { coverageLine } from './summary.ts'

const LEVELS: { readonly [Name in Level]: string } = { failure: 'error', note: 'note', advice: 'warning' }

/** The report as SARIF 2.1.0 (OASIS): each finding at its line of the document, coverage among the run's properties. */
export function sarifReport(report: ContractReport): string {
  const { document, checks, findings, verdict, problem, coverage } = report
  const rules = checks.map(({ id, title }) => ({ id, shortDescription: { text: title } }))
  const driver = { name: 'inboxes-mock contract', rules }
  const notifications = [
    ...(problem === '' ? [] : [{ level: 'error', message: { text: problem } }]),
    { level: 'note', message: { text: coverageLine(report) } },
  ]
  const invocation = {
    executionSuccessful: verdict !== 'could-not-run',
    toolExecutionNotifications: notifications,
  }
  const results = findings.map((finding) => resultOf(finding, document))
  const run = { tool: { driver }, invocations: [invocation], results, properties: { coverage } }
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] }
  return `${JSON.stringify(log, undefined, 2)}\n`
}

function resultOf({ id, check, level, operation, expected, actual, line, curl, replay }: Finding, document: string) {
  return {
    ruleId: check,
    level: LEVELS[level],
    message: { text: `${operation}: expected ${expected}, received ${actual}\n${curl}` },
    locations: [{ physicalLocation: { artifactLocation: { uri: document }, region: { startLine: line } } }],
    partialFingerprints: { finding: id },
    properties: { replay },
  }
}
