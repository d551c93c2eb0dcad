import { findDifference } from '../../http/answers/compare.ts'
import { plainText } from '../../openapi/plain-text.ts'
import { type Interaction, isSuccess, statusOf } from '../interaction.ts'
import { defineCheck, type Observation } from './check.ts'

/** A write that is refused must change nothing. */
export const refusedWrite = defineCheck({
  id: 'refused-write',
  title: 'A refused write changes nothing',
  lastWrite: 'cause',

  /** The record must be as it was before the refusals. */
  unchanged: (before: Interaction, after: Interaction, cause: string): Observation | undefined => {
    const difference = findDifference(before.value, after.value)
    if (isSuccess(after) && difference === undefined) return undefined
    return {
      place: cause,
      expected: difference ? `${difference.at}: ${difference.expected}, as before` : 'the record as before',
      actual: difference?.actual ?? String(statusOf(after)),
    }
  },

  /** The record must be as it was before a write without a key. */
  withoutKey: (before: unknown, after: unknown): Observation | undefined => {
    const difference = findDifference(before, after)
    return (
      difference && {
        place: 'a write without a key',
        expected: `${difference.at}: ${difference.expected}`,
        actual: difference.actual,
      }
    )
  },

  /** A request without the right key must not be carried out, whatever it is answered with. */
  notCarriedOut: (before: Interaction, after: Interaction, about: string): Observation | undefined => {
    const difference = findDifference(before.value, after.value)
    if (statusOf(after) === statusOf(before) && difference === undefined) return undefined
    return {
      place: `carried out ${about}`,
      expected: difference ? `${difference.at}: ${difference.expected}, as before` : String(statusOf(before)),
      actual: difference?.actual ?? String(statusOf(after)),
    }
  },

  /** A record that was refused must not show. */
  storedAllTheSame: (about: string, refused: Interaction): Observation => ({
    place: `stored after ${about}`,
    expected: `nothing stored, after ${statusOf(refused)}`,
    actual: 'the record that was sent',
  }),

  /** No part of a refused form may be stored. */
  formName: (before: unknown, after: unknown): Observation | undefined =>
    before === after
      ? undefined
      : { place: 'a refused form', expected: `name: ${plainText(before)}`, actual: `name: ${plainText(after)}` },

  /** A user whose creation was refused must not exist. */
  userAbsent: (read: Interaction, cause: string): Observation | undefined =>
    isSuccess(read) ? { place: `a user after ${cause}`, expected: '404', actual: String(statusOf(read)) } : undefined,
})
