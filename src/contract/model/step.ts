import type { STATUSES } from '../listed-pets.ts'

/** How many records of each kind a sequence works on. */
export const RECORDS = 2

/** One step of a sequence: what it does, to which of a few records, and with which values. */
export interface Step {
  /** Its name in the table of step kinds, such as `write user`. */
  readonly kind: string
  /** Counted from 0. */
  readonly record: number
  readonly text: string
  readonly number: number
  readonly status: (typeof STATUSES)[number]
}

/** A step as findings show it, such as `write user 1`. */
export const describeStep = ({ kind, record }: Step): string => `${kind} ${record + 1}`
