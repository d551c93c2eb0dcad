import { isDeepStrictEqual } from 'node:util'
import { findConflict, inOrder } from '../../http/answers/compare.ts'
import { show } from '../../http/json-value.ts'
import { plainText } from '../../openapi/plain-text.ts'
import { isSameName } from '../habits.ts'
import { defineCheck, type Observation } from './check.ts'
import { withoutIndexes } from './place.ts'

/** Two answers about one record must not contradict each other. */
export const crossCheck = defineCheck({
  id: 'cross-check',
  title: 'Two answers about one record agree',
  lastWrite: 'context',

  /** The pet's own path must show what the list shows. */
  asListed: (listed: unknown, read: unknown): Observation | undefined =>
    agreeing('list and pet', listed, read, 'as in the list'),

  /** The list must show what the pet's own path shows. */
  asRead: (read: unknown, listed: unknown, cause: string): Observation | undefined =>
    agreeing('list and pet', read, listed, `as the pet has after ${cause}`),

  /** The list by tags must show what the pet's own path shows. */
  asReadByTag: (read: unknown, listed: unknown): Observation | undefined =>
    agreeing('list by tags', read, listed, 'as the pet has'),

  /** Answers to readings at the same time must not change places. */
  atOnce: (alone: unknown, together: unknown): Observation | undefined => {
    const conflict = findConflict(inOrder(alone), inOrder(together))
    return (
      conflict && {
        place: 'readings at once',
        expected: `${conflict.at}: ${conflict.expected}, as when it is read alone`,
        actual: conflict.actual,
      }
    )
  },

  /** The same reading, asked for in another way, must say the same. */
  inAnotherWay: (plain: unknown, other: unknown): Observation | undefined =>
    agreeing('asked in another way', inOrder(plain), inOrder(other), 'as when it is asked for plainly'),

  /** Another id must not show the record. */
  ofAnotherId: (about: string, record: unknown, shown: unknown): Observation | undefined =>
    isDeepStrictEqual(record, shown)
      ? { place: about, expected: 'no record, or another one', actual: `the record itself: ${show(shown)}` }
      : undefined,

  /** A user must have the name of its path. */
  nameOfPath: (inPath: string, shown: unknown): Observation | undefined =>
    shown === inPath || isSameName(shown, inPath)
      ? undefined
      : { place: 'the name of a user', expected: 'the name that the path has', actual: plainText(shown) },
})

function agreeing(place: string, one: unknown, other: unknown, source: string): Observation | undefined {
  const conflict = findConflict(one, other)
  return (
    conflict && {
      place: `${place} ${withoutIndexes(conflict.at)}`,
      expected: `${conflict.at}: ${conflict.expected}, ${source}`,
      actual: conflict.actual,
    }
  )
}
