import type { Interaction } from '../interaction.ts'
import { defineCheck, type Observation } from './check.ts'

/** Where a sequence and the model of the API parted. */
export interface Parted {
  readonly expected: string
  readonly actual: string
  /** The kind of the last step. */
  readonly endsIn: string
  /** The steps in the order of their requests, for people. */
  readonly steps: readonly string[]
  readonly sent: readonly Interaction[]
  /** The value of `--sequence-path` that runs this sequence alone. */
  readonly path: string
}

/** A random sequence must come to what the model of the API says. */
export const sequence = defineCheck({
  id: 'sequence',
  title: 'Random sequences come to what the model of the API says',

  /** The shortest sequence that shows the difference, with all its requests. */
  parted: ({ expected, actual, endsIn, steps, sent, path }: Parted): Observation => ({
    place: `a sequence that ends in ${endsIn}`,
    expected: `${expected} after ${steps.join(', ')}`,
    actual: `${actual}; --sequence-path ${path} plays this sequence alone`,
    shownBy: sent,
  }),
})
