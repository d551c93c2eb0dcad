import { findDifference } from '../../http/answers/compare.ts'
import { type Interaction, statusOf } from '../interaction.ts'
import { defineCheck, type Observation } from './check.ts'

/** Reading must change nothing. */
export const safeReading = defineCheck({
  id: 'safe-reading',
  title: 'Reading changes nothing',

  /** The same reading must give the same answer again. */
  sameAgain: (first: Interaction, again: Interaction): Observation | undefined => {
    const difference = findDifference(first.value, again.value)
    if (statusOf(again) === statusOf(first) && difference === undefined) return undefined
    return {
      place: 'the same reading again',
      expected: difference ? `${difference.at || 'the body'}: ${difference.expected}` : String(statusOf(first)),
      actual: difference?.actual ?? String(statusOf(again)),
    }
  },

  /** A user that was read must still be there. */
  stillThere: (first: Interaction, again: Interaction): Observation | undefined =>
    statusOf(again) === statusOf(first)
      ? undefined
      : { place: 'a user read again', expected: String(statusOf(first)), actual: String(statusOf(again)) },
})
