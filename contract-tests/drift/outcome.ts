import type { Difference } from '../../src/drift/report.ts'
import type { Compared } from './compare-servers.ts'
import { meantFor } from './meant.ts'
import type { Pairing } from './pairing.ts'

/** A pairing and its outcome. */
export interface Outcome extends Compared {
  readonly pairing: Pairing
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

/** True if a fault shows as a difference that names its finding of the contract suite. */
const isShown = (differences: readonly Difference[]): boolean =>
  differences.some(({ kind, finding }) => kind === 'breaks' && finding !== '')

/** True if the sentences about a server are those that should be. */
export function isRight({ pairing: { variant, fault }, report }: Pick<Outcome, 'pairing' | 'report'>): boolean {
  if (report.problem !== '') return false
  if (fault !== undefined) return isShown(report.differences)
  return variant === undefined ? report.differences.length === 0 : isNamed(variant, report.differences)
}

/** True if nothing adoptable is left, and the mock that learned it conforms to its document. */
export const isLearned = ({ adopted }: Outcome): boolean =>
  adopted !== undefined &&
  adopted.report.problem === '' &&
  adopted.defects.length === 0 &&
  adopted.failures.length === 0 &&
  !adopted.report.differences.some(({ adoptable }) => adoptable)

/** True if the mock was able to learn all differences. */
export const isAdoptable = ({ report }: Outcome): boolean => report.differences.every(({ adoptable }) => adoptable)

/** True if nothing at all is left. */
export const isAlike = (outcome: Outcome): boolean =>
  isLearned(outcome) && outcome.adopted?.report.differences.length === 0

/** True if two servers of the kind differ in nothing. A lag is seen only if a list is read in time, so that one run may miss it. */
export const isItself = ({ self }: Outcome): boolean =>
  self !== undefined && self.problem === '' && self.differences.every((one) => wayOf(one) === 'lag')

/** True if a longer run can tell nothing more. */
export const isSettled = (outcome: Outcome): boolean =>
  isRight(outcome) &&
  (outcome.adopted === undefined || !isAdoptable(outcome) || isAlike(outcome)) &&
  (outcome.self === undefined || isItself(outcome))
