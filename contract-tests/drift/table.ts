import type { Difference } from '../../src/drift/report.ts'
import { meantFor } from './meant.ts'
import type { Outcome } from './run-pairings.ts'

/** How many servers came out as they should, and which did not. */
interface Line {
  readonly what: string
  readonly right: number
  readonly of: number
  readonly wrong: readonly string[]
}

export interface DriftScore {
  readonly lines: readonly Line[]
  readonly isPerfect: boolean
}

const MOST_SENTENCES = 2

const wayOf = ({ id }: Difference) => id.replace(/-[0-9a-f]{8}$/, '')

/** True if the sentences about a variant are those that are meant for it. */
export function isNamed(variant: string, differences: readonly Difference[]): boolean {
  const meant = meantFor(variant)
  const ways = differences.map(wayOf)
  if (meant.length === 0) return ways.length === 0
  return ways.length <= MOST_SENTENCES && ways.includes(meant[0] ?? '') && ways.every((way) => meant.includes(way))
}

/** True if nothing adoptable is left, and the mock met no defect. */
const isLearned = ({ adopted, defects }: Outcome) =>
  adopted !== undefined &&
  adopted.problem === '' &&
  defects.length === 0 &&
  !adopted.differences.some(({ adoptable }) => adoptable)

/** True if everything was adoptable, and nothing is left. */
const isAlike = (outcome: Outcome) => isLearned(outcome) && outcome.adopted?.differences.length === 0

const nameOf = ({ pairing, report }: Outcome) =>
  `${pairing.variant ?? pairing.fault ?? 'plain'} (${pairing.mode}, seed ${pairing.seed}): ${report.problem || report.differences.map(({ statement }) => statement).join(' | ') || 'nothing'}`

function lineOf(what: string, outcomes: readonly Outcome[], isRight: (outcome: Outcome) => boolean): Line {
  const wrong = outcomes.filter((outcome) => !isRight(outcome))
  return { what, right: outcomes.length - wrong.length, of: outcomes.length, wrong: wrong.map(nameOf) }
}

/** Scores what was found on plain servers, variants and faults. */
export function scoreOf(outcomes: readonly Outcome[]): DriftScore {
  const plain = outcomes.filter(({ pairing }) => pairing.variant === undefined && pairing.fault === undefined)
  const variants = outcomes.filter(({ pairing }) => pairing.variant !== undefined)
  const [different, alike] = [
    variants.filter(({ pairing }) => meantFor(pairing.variant ?? '').length > 0),
    variants.filter(({ pairing }) => meantFor(pairing.variant ?? '').length === 0),
  ]
  const isRight = ({ pairing, report }: Outcome) => isNamed(pairing.variant ?? '', report.differences)
  const adopted = variants.filter((outcome) => outcome.adopted !== undefined)
  const faults = outcomes.filter(({ pairing }) => pairing.fault !== undefined)
  const shown = ({ report }: Outcome) =>
    report.differences.some(({ kind, finding }) => kind === 'breaks' && finding !== '')
  const lines = [
    lineOf(
      'correct servers without a difference',
      plain,
      ({ report }) => report.differences.length === 0 && report.problem === '',
    ),
    lineOf('servers of other behaviour, named by the sentence for it, with at most 2', different, isRight),
    lineOf('servers of other data or transport, without a difference', alike, isRight),
    lineOf('servers whose adoptable differences are gone once adopted', adopted, isLearned),
    lineOf('servers that the mock is like in everything once adopted', adopted, isAlike),
    lineOf('faults that show, linked to their finding', faults, shown),
  ]
  return { lines, isPerfect: lines.filter((_line, index) => index !== 4).every(({ wrong }) => wrong.length === 0) }
}

/** The score as a table of Markdown. */
export const tableOf = ({ lines }: DriftScore): string =>
  [
    '| What | Right | Of |',
    '|---|---|---|',
    ...lines.map(({ what, right, of }) => `| ${what} | ${right} | ${of} |`),
  ].join('\n')

/** The table, and every server that came out otherwise. */
export const printScore = (score: DriftScore): string =>
  [
    ...score.lines.flatMap(({ what, wrong }) => wrong.map((text) => `NOT ${what}: ${text.slice(0, 400)}`)),
    '',
    tableOf(score),
  ].join('\n')
