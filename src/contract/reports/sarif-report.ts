import type { Invocation, Location, Log, Notification, Result, Run } from 'sarif'
import { jsonLines } from '../../http/printable.ts'
import type { Finding, Level } from '../finding.ts'
import type { ContractReport } from '../report.ts'
import { detailLines } from './detail.ts'
import { coverageLine } from './summary.ts'

const LEVELS = { failure: 'error', note: 'note', advice: 'warning' } as const satisfies Record<Level, Result.level>

/**
 * The report as SARIF 2.1.0 (OASIS), coverage among the run's properties. A finding stands at its line of the document if the
 * user's repository has the document; else it names its operation, and no file.
 */
export function sarifReport(report: ContractReport): string {
  const { documentFile, checks, findings, coverage } = report
  const rules = checks.map(({ id, title }) => ({ id, shortDescription: { text: title } }))
  const run: Run = {
    tool: { driver: { name: 'inboxes-mock contract', rules } },
    invocations: [invocationOf(report)],
    results: findings.map((finding) => resultOf(finding, documentFile)),
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

function resultOf(finding: Finding, file: string): Result {
  const { id, check, level, replay, places } = finding
  return {
    ruleId: check,
    level: LEVELS[level],
    message: { text: detailLines(finding).join('\n') },
    locations: [locationOf(finding, file)],
    partialFingerprints: { finding: id },
    properties: { replay, places: places.map(({ operation, check, place }) => `${operation}: ${check} at ${place}`) },
  }
}

function locationOf({ operation, line }: Finding, file: string): Location {
  const logicalLocations = [{ name: operation, kind: 'function' }]
  if (file === '') return { logicalLocations }
  const uri = file.split('/').map(encodeURIComponent).join('/')
  return { physicalLocation: { artifactLocation: { uri }, region: { startLine: line } }, logicalLocations }
}
