import { FAULTS } from '../faults.ts'
import { SET_ASIDE } from '../set-aside.ts'
import { intendedCheck } from './intended.ts'
import type { Failure, Outcome } from './job.ts'

/** The result for one fault. */
export interface FaultScore {
  readonly fault: string
  readonly area: string
  /** The checks that failed, each once. */
  readonly checks: readonly string[]
  /** The check that is meant for it. */
  readonly intended: string
  /** The number of requests up to the first failure; none if it was missed. */
  readonly firstFailureAt?: number
  /** Whether a quick run showed it. */
  readonly isQuick: boolean
  /** That of the run. */
  readonly seed: number
}

/** A failure on a correct server. */
export interface FalseAlarm {
  /** The variant's id, or `correct`. */
  readonly server: string
  readonly seed: number
  readonly failures: readonly Failure[]
  /** Why the run could not begin; '' where it did. */
  readonly problem: string
}

/** How many faults the engine catches, and how many correct servers it wrongly accuses. */
export interface Score {
  readonly faults: readonly FaultScore[]
  /** How many runs were held against correct servers. */
  readonly correct: number
  readonly falseAlarms: readonly FalseAlarm[]
  /** Sent to the plain server with the first seed. */
  readonly requests: number
}

/** Two failures are the same if check, place and operation are. */
const keyOf = ({ check, operation, place }: Failure) => `${operation} ${check} ${place}`

/** The failures that the plain server does not get with the same seed and depth: no other shows the fault. */
function ownFailures({ job, failures }: Outcome, outcomes: readonly Outcome[]): readonly Failure[] {
  const plain = outcomes.find((other) => isPlain(other) && other.job.seed === job.seed && other.job.depth === job.depth)
  const known = new Set(plain?.failures.map(keyOf))
  return failures.filter((failure) => !known.has(keyOf(failure)))
}

const isPlain = ({ job }: Outcome) => job.fault === undefined && job.variant === undefined

/** Scores the outcomes of runs. */
export function scoreOf(outcomes: readonly Outcome[]): Score {
  const correct = outcomes.filter(({ job }) => job.fault === undefined)
  return {
    faults: FAULTS.flatMap((fault) =>
      outcomes
        .filter(({ job }) => job.fault === fault.id)
        .map((outcome) => ({
          fault: fault.id,
          area: fault.area,
          checks: [...new Set(ownFailures(outcome, outcomes).map(({ check }) => check))].sort(),
          intended: intendedCheck(fault),
          isQuick: outcome.job.depth === 'quick',
          seed: outcome.job.seed,
          ...(outcome.firstFailureAt !== undefined && { firstFailureAt: outcome.firstFailureAt }),
        })),
    ),
    correct: correct.length,
    falseAlarms: correct
      .filter(({ failures, problem }) => failures.length > 0 || problem !== '')
      .map(({ job, failures, problem }) => ({ server: job.variant ?? 'correct', seed: job.seed, failures, problem })),
    requests: correct.find(({ job }) => job.variant === undefined && job.depth !== 'quick')?.requests ?? 0,
  }
}

/** Whether the check that is meant for the fault caught it. */
export const isCaught = ({ checks, intended }: FaultScore): boolean => checks.includes(intended)

/** Whether the fault has the result that it should have: caught by its intended check, or set aside and accused of nothing. */
export const isAsMeant = (score: FaultScore): boolean =>
  score.fault in SET_ASIDE ? score.checks.length === 0 : isCaught(score)

/** Whether every fault has the result that it should have, and no correct server was accused. */
export const isPerfect = ({ faults, falseAlarms }: Score): boolean =>
  faults.length === FAULTS.length && faults.every(isAsMeant) && falseAlarms.length === 0
