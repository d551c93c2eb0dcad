import type { Interaction } from '../interaction.ts'

/** One step of a random sequence: what is done, to which of a few records, and with what. */
export interface Step {
  readonly kind: string
  readonly who: number
  readonly text: string
  readonly number: number
  readonly status: (typeof STATUSES)[number]
}

export const STATUSES = ['available', 'pending', 'sold'] as const
/** How many records of each kind a sequence plays with. */
export const RECORDS = 2

/** Where a server did not do what the model does. */
export interface Departure {
  readonly interaction: Interaction
  readonly expected: string
  readonly actual: string
}
