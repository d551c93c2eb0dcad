import type { ContractReport } from '../report.ts'

/** The figures of every report. */
export interface Counts {
  readonly requests: number
  readonly waits: number
  readonly failures: number
  /** Operations with failures. */
  readonly operations: number
  /** Checks that ran, and all checks. */
  readonly applied: number
  readonly checks: number
  /** Cells of the document that were reached, and all cells. */
  readonly reached: number
  readonly cells: number
}

/** Counts what a report lists. */
export function countsOf({ requests, waits, findings, checks, coverage }: ContractReport): Counts {
  const failures = findings.filter(({ level }) => level === 'failure')
  return {
    requests,
    waits,
    failures: failures.length,
    operations: new Set(failures.map(({ operation }) => operation)).size,
    applied: checks.filter((check) => check.applied > 0).length,
    checks: checks.length,
    reached: coverage.filter(({ state }) => state !== 'unreached').length,
    cells: coverage.length,
  }
}

/** A number with its noun. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

/** The verdict in one sentence. Only a run that could look at everything says that a server conforms. */
export function verdictLine(report: ContractReport): string {
  const { baseUrl, document, verdict } = report
  if (verdict === 'could-not-run') return `${baseUrl} could not be held to ${document}.`
  if (verdict === 'fails') return `${baseUrl} does not conform to ${document}.`
  return `${baseUrl} ${praise(report)}.`
}

function praise(report: ContractReport): string {
  const { document, mode, only, findings } = report
  const accepted = findings.filter((finding) => finding.accepted).length
  const but = accepted === 0 ? '' : ` but for ${counted(accepted, 'accepted failure')}`
  if (mode === 'full' && only.length === 0) return `conforms to ${document}${but}`
  const { reached, cells } = countsOf(report)
  return `has nothing wrong in ${reached} of ${cells} cells of ${document}${but}`
}

/** Why cells were not reached: each reason with its number of cells, the most frequent first. */
export function reasonsOf({ coverage }: ContractReport): (readonly [reason: string, cells: number])[] {
  const reasons = new Map<string, number>()
  for (const { state, reason } of coverage)
    if (state === 'unreached') reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  return [...reasons].toSorted(([, a], [, b]) => b - a)
}

/** The figures of coverage in one line. */
export function coverageLine(report: ContractReport): string {
  const { reached, cells } = countsOf(report)
  const failed = report.coverage.filter(({ state }) => state === 'failed').length
  return `${reached} of ${cells} cells of the document were reached, ${failed} of them failed`
}

/** Says what to do next. */
export function nextStep({ verdict, findings, mode, command, seed }: ContractReport): string {
  const failures = findings.filter(({ level }) => level === 'failure')
  const [first] = failures.filter(({ replay }) => replay !== '')
  if (verdict === 'could-not-run') return 'Next: do what is said above, and run it again.'
  if (verdict === 'conforms')
    return mode === 'safe'
      ? `Next: only reading was checked. To check writing too, on records of its own: ${command} --mode owned --seed ${seed}`
      : 'Next: keep it so; run this in CI.'
  return first
    ? `Next: begin with ${first.operation} (${first.check}). After the fix, run: ${first.replay}`
    : `Next: ${failures.some(({ check }) => check === 'coverage') ? 'reach more of the document, or ask for less.' : 'remove the stale entries from the baseline.'}`
}
