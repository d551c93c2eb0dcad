import { findDifference } from '../../http/answers/compare.ts'
import { type Interaction, isSuccess } from '../interaction.ts'
import { defineCheck, type Observation } from './check.ts'

/** The same request twice must come to the same as once. */
export const idempotency = defineCheck({
  id: 'idempotency',
  title: 'The same request twice comes to the same',
  lastWrite: 'cause',

  /** The second time must succeed too. */
  accepted: (again: Interaction): Observation | undefined =>
    isSuccess(again)
      ? undefined
      : {
          place: 'the same update again',
          expected: 'a 2XX, as the first time',
          actual: String(again.answer?.status),
        },

  /** A list inside the record must not grow. */
  samePhotos: (once: readonly string[], twice: unknown): Observation | undefined => {
    const difference = findDifference(once, twice)
    return (
      difference && {
        place: 'two equal updates',
        expected: `/photoUrls${difference.at}: ${difference.expected}, as after the first`,
        actual: difference.actual,
      }
    )
  },

  /** A list must show the pet once. */
  listedOnce: (listed: readonly unknown[], id: number): Observation | undefined =>
    listed.length === 1 && Object(listed[0]).id === id
      ? undefined
      : { place: 'listed after two equal updates', expected: 'the pet once', actual: `${listed.length} pets` },
})
