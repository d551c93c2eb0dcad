import type { Finding, Level } from '../finding.ts'
import type { ContractReport } from '../report.ts'

const VERDICTS: { readonly [Verdict in ContractReport['verdict']]: string } = {
  conforms: 'conforms to',
  fails: 'does not conform to',
  'could-not-run': 'could not be held to',
}

/** The report for a person at a terminal: the failures, what else was seen, and what to do next. */
export function textReport(report: ContractReport): string {
  const { baseUrl, document, verdict, problem, findings } = report
  const of = (level: Level) => findings.filter((finding) => finding.level === level)
  return [
    `${baseUrl} ${VERDICTS[verdict]} ${document}.`,
    ...(problem === '' ? [] : [problem]),
    '',
    ...of('failure').flatMap(paragraph),
    ...listed('Notes (the document is incomplete here)', of('note')),
    ...listed('Advice', of('advice')),
    counts(report),
    ...unreached(report),
    ...leftovers(report),
    nextStep(report),
    '',
  ].join('\n')
}

function paragraph(finding: Finding): string[] {
  const { id, operation, check, expected, actual, line, curl } = finding
  return [
    `FAILURE ${operation}: ${check} (${id})`,
    `  expected  ${expected} (openapi.yaml, line ${line})`,
    `  received  ${actual}`,
    `  see it    ${curl}`,
    '',
  ]
}

function listed(title: string, findings: readonly Finding[]): string[] {
  if (findings.length === 0) return []
  return [
    `${title}:`,
    ...findings.map(({ operation, expected, actual }) => `  ${operation}: ${expected}; ${actual}`),
    '',
  ]
}

function counts({ requests, waits, checks, findings, coverage, times }: ContractReport): string {
  const failures = findings.filter(({ level }) => level === 'failure').length
  const reached = coverage.filter(({ state }) => state !== 'unreached').length
  const applied = checks.filter((check) => check.applied > 0).length
  const waited = waits === 0 ? '' : `, ${waits} waits that the server asked for`
  return `${requests} requests in ${times.durationMs} ms${waited}; ${applied} of ${checks.length} checks had occasion; ${reached} of ${coverage.length} cells of the document were reached; ${failures} failures.`
}

/** Why cells were not reached, each reason once. */
function unreached({ coverage, skipped }: ContractReport): string[] {
  const reasons = new Map<string, number>()
  for (const { state, reason } of coverage)
    if (state === 'unreached') reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  const lines = [...reasons].map(([reason, count]) => `  ${count} cells: ${reason}`)
  return lines.length + skipped.length === 0
    ? []
    : ['Not reached:', ...lines, ...skipped.map((skip) => `  ${skip}`), '']
}

function leftovers({ leftovers: left }: ContractReport): string[] {
  return left.length === 0
    ? []
    : ['Left behind, since the API cannot remove it:', ...left.map((what) => `  ${what}`), '']
}

function nextStep({ verdict, findings }: ContractReport): string {
  const [first] = findings.filter(({ level }) => level === 'failure')
  if (verdict === 'fails' && first) return `Next: mend the server, then ${first.replay}`
  return verdict === 'conforms'
    ? 'Next: keep it so; run this in CI.'
    : 'Next: mend what is named above and run it again.'
}
