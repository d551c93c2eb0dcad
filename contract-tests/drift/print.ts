import type { Difference } from '../../src/drift/report.ts'
import type { Outcome } from './outcome.ts'
import { type DriftScore, tableOf } from './table.ts'

const MOST = 8

const nameOf = ({ pairing, depth }: Outcome) =>
  `${pairing.variant ?? pairing.fault ?? 'plain'} (${pairing.mode}, ${depth}, seed ${pairing.seed})`

const linesOf = (label: string, differences: readonly Difference[]) =>
  differences
    .slice(0, MOST)
    .map(({ id, statement, operations, cases, adoptable, reason, finding }) =>
      `   ${label} ${id}: ${statement} [${operations.slice(0, 4).join(', ')}; ${cases}] ${adoptable ? 'adoptable' : reason} ${finding}`.trimEnd(),
    )

/** One server: the sentences about it, and what is left of them. */
export function printOutcome(outcome: Outcome): string {
  const { report, adopted, self } = outcome
  const { differences, cases, requests, problem } = report
  return [
    `${nameOf(outcome)}: ${differences.length} in ${cases.asked} (${cases.notAsked} not), ${requests} requests ${problem}`.trimEnd(),
    ...linesOf('     ', differences),
    ...(adopted ? [`   adopted ${JSON.stringify(report.profile).slice(0, 400)} ${adopted.report.problem}`] : []),
    ...linesOf('LEFT ', adopted?.report.differences ?? []),
    ...(adopted?.failures ?? []).slice(0, MOST).map((text) => `   FAILS ${text}`),
    ...(adopted?.defects ?? []).slice(0, MOST).map((text) => `   DEFECT ${text}`),
    ...(self?.problem ? [`   SELF  ${self.problem}`] : []),
    ...linesOf('SELF ', self?.differences ?? []),
  ].join('\n')
}

/** Every server that came out otherwise, and the table. */
export const printScore = (score: DriftScore): string =>
  [
    ...score.lines.flatMap(({ what, wrong }) => wrong.map((outcome) => `NOT ${what}: ${printOutcome(outcome)}`)),
    `Ways that were adopted: ${score.learned.length}`,
    '',
    tableOf(score),
  ].join('\n')
