import type { Interaction } from '../interaction.ts'
import { defineCheck, type Observation } from './check.ts'

/** A server must keep what it is sent. If it keeps nothing, most other checks fail too, and this one says why. */
export const memory = defineCheck({
  id: 'memory',
  title: 'What is written is kept',

  /** No reading has shown anything of the writes that were acknowledged. */
  forgotten: (writes: number, readings: number, shownBy: readonly Interaction[]): Observation => ({
    place: 'everything that was written',
    expected: 'records that are kept: what is created can be read, and what is deleted is gone',
    actual: `nothing of ${writes} acknowledged writes in ${readings} readings since`,
    shownBy,
  }),
})
