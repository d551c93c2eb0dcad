import { nearest } from '../openapi/nearest.ts'
import type { Finding } from './finding.ts'
import type { ContractReport } from './report.ts'

/** A failure that is accepted for a while. */
export interface AcceptedFailure {
  readonly operation: string
  readonly check: string
  /** The finding's place, as reports have it. */
  readonly place: string
  /** The person or team that is responsible for it. */
  readonly owner: string
  /** The last day on which it is accepted, such as 2030-12-31. */
  readonly expires: string
}

/** A baseline cannot be used; the message says where and why, in one line. */
export class BaselineError extends Error {
  override readonly name = 'BaselineError'
}

const MEMBERS = ['operation', 'check', 'place', 'owner', 'expires'] as const
const DAY = /^\d{4}-\d{2}-\d{2}$/

/** Reads the text of a baseline: a JSON list of accepted failures. Throws a BaselineError if it is not one. */
export function readBaseline(text: string, source: string): AcceptedFailure[] {
  const entries = parseList(text, source)
  for (const [index, entry] of entries.entries()) {
    const missing = MEMBERS.find((member) => typeof Reflect.get(Object(entry), member) !== 'string')
    if (missing)
      throw new BaselineError(`${source}: entry ${index} needs ${missing}, a text.${insteadOf(missing, entry)}`)
    const { expires } = entry as AcceptedFailure
    if (!DAY.test(expires) || Number.isNaN(Date.parse(expires)))
      throw new BaselineError(`${source}: entry ${index} expires on ${expires}, which is no day such as 2030-12-31.`)
  }
  return entries as AcceptedFailure[]
}

/** The name in an entry that was probably meant for a missing one, as a sentence to add. */
function insteadOf(missing: string, entry: unknown): string {
  const came = nearest(missing, Object.keys(Object(entry)))
  return came === undefined ? '' : ` Did you mean ${missing} in place of ${came}?`
}

function parseList(text: string, source: string): unknown[] {
  try {
    const value: unknown = JSON.parse(text)
    if (Array.isArray(value)) return value
  } catch {
    throw new BaselineError(`${source} is not JSON.`)
  }
  throw new BaselineError(`${source} is not a list of accepted failures.`)
}

/** Turns accepted failures into notes. An entry that has expired, or that matches no failure, is a failure itself. */
export function applyBaseline(
  report: ContractReport,
  accepted: readonly AcceptedFailure[],
  today: string,
): ContractReport {
  const isMeant = (entry: AcceptedFailure, finding: Finding) =>
    finding.level === 'failure' &&
    finding.operation === entry.operation &&
    finding.check === entry.check &&
    finding.place === entry.place
  const findings = report.findings.map((finding) => {
    const entry = accepted.find((candidate) => candidate.expires >= today && isMeant(candidate, finding))
    return entry
      ? {
          ...finding,
          level: 'note' as const,
          expected: `${finding.expected} (accepted by ${entry.owner} until ${entry.expires})`,
        }
      : finding
  })
  const stale = accepted.filter(
    (entry) => entry.expires < today || !report.findings.some((finding) => isMeant(entry, finding)),
  )
  const all = [...findings, ...stale.map((entry, index) => staleFinding(entry, report, index, today))]
  const hasFailed = all.some(({ level }) => level === 'failure')
  const check = {
    id: 'baseline',
    title: 'What is accepted is still needed and has not expired',
    applied: accepted.length,
    failures: stale.length,
  }
  const verdict = report.verdict === 'could-not-run' ? report.verdict : hasFailed ? 'fails' : 'conforms'
  return { ...report, findings: all, checks: [...report.checks, check], verdict }
}

function staleFinding(entry: AcceptedFailure, report: ContractReport, index: number, today: string): Finding {
  const { operation, check, place, owner, expires } = entry
  const isExpired = expires < today
  return {
    id: `baseline-${index}`,
    level: 'failure',
    operation,
    check: 'baseline',
    place,
    pointer: '',
    line: 1,
    expected: isExpired ? 'an entry of the baseline that has not expired' : 'a failure that the baseline accepts',
    actual: isExpired
      ? `${check} at ${place} expired on ${expires}; its owner is ${owner}`
      : `no ${check} at ${place}; ${owner} can take the entry out${unknownWord(entry, report)}`,
    curl: '',
    replay: '',
  }
}

/** A check or an operation that the run does not know, with the one that was probably meant, to add to a sentence. */
function unknownWord({ check, operation }: AcceptedFailure, { checks, coverage }: ContractReport): string {
  const ids = checks.map(({ id }) => id)
  const meantCheck = ids.includes(check) ? undefined : nearest(check, ids)
  if (meantCheck !== undefined) return `. There is no check ${check}. Did you mean ${meantCheck}?`
  const operations = [...new Set(coverage.map((cell) => cell.operation))]
  const meant = operations.includes(operation) ? undefined : nearest(operation, operations)
  return meant === undefined ? '' : `. There is no operation ${operation}. Did you mean ${meant}?`
}
