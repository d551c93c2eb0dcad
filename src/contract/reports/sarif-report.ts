import type { Invocation, Log, Notification, Result, Run } from 'sarif'
import { jsonLines } from '../../http/printable.ts'
import type { Finding, Level } from '../finding.ts'
import type { ContractReport } from '../report.ts'
import { coverageLine } from './summary.ts'

const LEVELS = { failure: 'error', note: 'note', advice: 'warning' } as const satisfies Record<Level, Result.level>

/** The report as SARIF 2.1.0 (OASIS): each finding at its line of the document, coverage among the run's properties. */
export function sarifReport(report: ContractReport): string {
  const { document, checks, findings, coverage } = report
  const rules = checks.map(({ id, title }) => ({ id, shortDescription: { text: title } }))
  const run: Run = {
    tool: { driver: { name: 'inboxes-mock contract', rules } },
    invocations: [invocationOf(report)],
    results: findings.map((finding) => resultOf(finding, document)),
    properties: { coverage },
  }
  const log: Log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] }
  return `${jsonLines(log)}\n`
}

function invocationOf(report: ContractReport): Invocation {
  const { problem, verdict } = report
  const problems: Notification[] = problem === '' ? [] : [{ level: 'error', message: { text: problem } }]
  return {
    executionSuccessful: verdict !== 'could-not-run',
    toolExecutionNotifications: [...problems, { level: 'note', message: { text: coverageLine(report) } }],
  }
}

function resultOf(
  { id, check, level, operation, expected, actual, line, curl, replay }: Finding,
  document: string,
): Result {
  return {
    ruleId: check,
    level: LEVELS[level],
    message: { text: `${operation}: expected ${expected}, received ${actual}\n${curl}` },
    locations: [{ physicalLocation: { artifactLocation: { uri: document }, region: { startLine: line } } }],
    partialFingerprints: { finding: id },
    properties: { replay },
  }
}
