import type { RunDetails } from 'fast-check'
import type { Command, Commands, FastCheck } from './commands.ts'
import type { Mismatch } from './model.ts'
import type { Outcome } from './play.ts'
import type { SequencePath } from './sequence-path.ts'

/** How many shorter sequences shrinking may try. */
const MOST_SHRINKS = 60

/** Sequences to try. */
export interface Search {
  readonly commands: Commands
  readonly source: number
  readonly seed: number
  /** How many are tried. */
  readonly runs: number
  /** If given, only the sequence at this path is tried, and not shrunk. */
  readonly replay: SequencePath | undefined
}

/** The shortest sequence with a mismatch, and where to find it again. */
export interface Found {
  readonly outcome: Outcome
  readonly mismatch: Mismatch
  readonly at: SequencePath
}

type Details = RunDetails<[Iterable<Command>]>

export type Play = (sequence: Iterable<Command>) => Promise<Outcome>

/** fast-check finds no sequence at the path: it is of another version, seed or mode. */
export const NO_SUCH_PATH = Symbol('no such path')

/** Plays sequences up to the first mismatch and shrinks that one. Resolves with undefined if there is none. */
export async function findMismatch(
  fc: FastCheck,
  search: Search,
  play: Play,
): Promise<Found | typeof NO_SUCH_PATH | undefined> {
  const { commands, source, seed, runs, replay } = search
  const attempts = createAttempts(play, search)
  const property = fc.asyncProperty(commands, attempts.succeeds)
  const how = replay ? { path: replay.path, endOnFailure: true } : { numRuns: runs }
  // fast-check throws only if it cannot follow the path; what a play throws stays in `attempts`.
  const checking = new Promise<Details>((resolve) => resolve(fc.check(property, { seed, ...how })))
  const details = await checking.catch(() => undefined)
  const outcome = attempts.lastFailed()
  if (!details || attempts.played() === 0) return NO_SUCH_PATH
  if (!outcome?.mismatch) return undefined
  const [, replayPath = ':'] = /replayPath="([^"]*)"/.exec(String(details.counterexample?.[0])) ?? []
  const at = replay ?? { source, path: details.counterexamplePath ?? '0', replayPath }
  return { outcome, mismatch: outcome.mismatch, at }
}

/** Plays at most as often as the search may. After that every sequence counts as passed, so that fast-check ends. */
function createAttempts(play: Play, { runs, replay }: Search) {
  let left = replay ? 1 : runs
  let played = 0
  let failed: Outcome | undefined
  let reason: { readonly error: unknown } | undefined
  return {
    succeeds: async (sequence: Iterable<Command>): Promise<boolean> => {
      if (left <= 0) return true
      left -= 1
      played += 1
      try {
        const outcome = await play(sequence)
        // The first mismatch counts if the same sequence shows one again: time may have been the cause.
        if (!outcome.mismatch || (!failed && !replay && !(await play(sequence)).mismatch)) return true
        if (!failed) left = replay ? 0 : MOST_SHRINKS
        failed = outcome
        return false
      } catch (error) {
        // A run that was stopped is no counterexample.
        reason = { error }
        left = 0
        return true
      }
    },
    played: () => played,
    /** The shortest so far, since fast-check only goes on from what failed. Throws what a play threw. */
    lastFailed: (): Outcome | undefined => {
      if (reason) throw reason.error
      return failed
    },
  }
}
