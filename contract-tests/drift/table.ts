import { meantFor } from './meant.ts'
import { isAdoptable, isAlike, isItself, isLearned, isRight, type Outcome } from './outcome.ts'

/** How many servers came out as they should, and which did not. */
interface Line {
  readonly what: string
  readonly right: number
  readonly of: number
  readonly wrong: readonly Outcome[]
}

export interface DriftScore {
  readonly lines: readonly Line[]
  /** The ways that were learned from a server, so that nothing was left of them. */
  readonly learned: readonly string[]
  readonly isPerfect: boolean
}

function lineOf(what: string, outcomes: readonly Outcome[], isGood: (outcome: Outcome) => boolean): Line {
  const wrong = outcomes.filter((outcome) => !isGood(outcome))
  return { what, right: outcomes.length - wrong.length, of: outcomes.length, wrong }
}

/** At least so many faults in a hundred must show. */
const MOST_FAULTS = 95

/** Scores the outcomes of plain servers, variants and faults. */
export function scoreOf(outcomes: readonly Outcome[]): DriftScore {
  const plain = outcomes.filter(({ pairing }) => pairing.variant === undefined && pairing.fault === undefined)
  const variants = outcomes.filter(({ pairing }) => pairing.variant !== undefined)
  const isMeant = ({ pairing }: Outcome) => meantFor(pairing.variant ?? '').length > 0
  const adopted = variants.filter((outcome) => outcome.adopted !== undefined)
  const faults = lineOf(
    'faults that show, linked to their finding',
    outcomes.filter(({ pairing }) => pairing.fault !== undefined),
    isRight,
  )
  const lines = [
    lineOf('correct servers without a difference', plain, isRight),
    lineOf(
      'servers of other behaviour, named by the sentence for it, with at most 2',
      variants.filter(isMeant),
      isRight,
    ),
    lineOf(
      'servers of other data or transport, without a difference',
      variants.filter((one) => !isMeant(one)),
      isRight,
    ),
    lineOf(
      'servers without a difference from another one of their kind',
      variants.filter(({ self }) => self),
      isItself,
    ),
    lineOf('servers whose adoptable differences are gone from a mock that conforms, once adopted', adopted, isLearned),
    lineOf('servers that the mock is like in everything once all is adopted', adopted.filter(isAdoptable), isAlike),
  ]
  const enough = faults.right * 100 >= faults.of * MOST_FAULTS
  return {
    lines: [...lines, faults],
    learned: learnedIn(adopted.filter(isLearned)),
    isPerfect: enough && lines.every(({ wrong }) => wrong.length === 0),
  }
}

/** The members of the profiles that were adopted, with the values where they are one of several ways. */
function learnedIn(outcomes: readonly Outcome[]): string[] {
  const ways = outcomes.flatMap(({ report }) => report.differences.filter(({ adoptable }) => adoptable))
  return [...new Set(ways.map(({ id }) => id))].toSorted()
}

/** The score as a table of Markdown. */
export const tableOf = ({ lines }: DriftScore): string =>
  [
    '| What | Right | Of |',
    '|---|---|---|',
    ...lines.map(({ what, right, of }) => `| ${what} | ${right} | ${of} |`),
  ].join('\n')
