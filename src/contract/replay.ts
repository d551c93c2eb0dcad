import { CHECKS } from './checks/index.ts'
import type { Finding } from './finding.ts'
import { EVERYWHERE, findingId, operationsOfId } from './finding-id.ts'
import type { ContractReport } from './report.ts'

/** The outcome of a replay: the finding that is still there, that it is gone, or why that cannot be said. */
export type Replay = { readonly finding: Finding } | { readonly isGone: true } | { readonly problem: string }

/** Says why no finding can have the id; '' if one can. */
export const idProblem = (id: string): string =>
  checkOf(id) === undefined ? `No check has findings with the id ${id}. Copy the id from a report.` : ''

/** Looks for a finding in the report of a new run. It is gone only if its check has run again where it was found. */
export function replayIn(report: ContractReport, id: string): Replay {
  const { findings, checks, coverage, verdict, problem } = report
  const check = checkOf(id)
  if (check === undefined) return { problem: idProblem(id) }
  if (verdict === 'could-not-run') return { problem }
  const finding = findings.find((candidate) => isStill(candidate, id))
  if (finding) return { finding }
  if (problem !== '') return { problem }
  const ran = checks.find((result) => result.id === check)?.operations ?? []
  const known = [...coverage.map(({ operation }) => operation), ...checks.flatMap(({ operations }) => operations)]
  const meant = operationsOfId(id, check, [...new Set(known)])
  if (meant.length === 0)
    return { problem: `No finding has the id ${id} with this document. Copy the id from a report.` }
  if (meant.some((operation) => ran.includes(operation))) return { isGone: true }
  return {
    problem: `The check ${check} did not run at ${meant.join(', ')} in this run, so the finding may still be there. Give the flags of the run that found it: its report has the command.`,
  }
}

/** The check that an id begins with. No id of a check begins with another's and a hyphen alone, so the longest is meant. */
const checkOf = (id: string): string | undefined =>
  CHECKS.map((check): string => check.id)
    .filter((check) => /^[0-9a-f]{10}$/.test(id.startsWith(`${check}-`) ? id.slice(check.length + 1) : ''))
    .toSorted((a, b) => b.length - a.length)[0]

/** A cause may take in more places, or fewer, than when it was found: the ids of all causes that a place may be of count. */
function isStill({ id, level, places }: Finding, wanted: string): boolean {
  if (id === wanted || places.some((place) => place.id === wanted)) return true
  const causes = places.flatMap(({ check, operation, pointer }) => [
    findingId(check, operation, ''),
    findingId(check, EVERYWHERE, ''),
    findingId(check, EVERYWHERE, pointer),
  ])
  return level === 'failure' && causes.includes(wanted)
}
