import { findKept, findLoss, type Tolerance } from '../../http/answers/compare.ts'
import { show } from '../../http/json-value.ts'
import { plainText } from '../../openapi/plain-text.ts'
import type { Schema } from '../../openapi/schema.ts'
import { defineCheck, type Observation } from './check.ts'
import { withoutIndexes } from './place.ts'

/** A record must hold what was sent, and nothing else of an earlier or another record. */
export const readBack = defineCheck({
  id: 'read-back',
  title: 'What was stored is what was sent',
  lastWrite: 'cause',

  /** All that was sent must be there. */
  stored: (sent: unknown, read: unknown, cause: string, tolerance: Tolerance): Observation | undefined => {
    const loss = findLoss(sent, read, tolerance)
    return (
      loss && {
        place: `stored ${withoutIndexes(loss.at)}`,
        expected: `${loss.at}: ${loss.expected}, as was sent by ${cause}`,
        actual: loss.actual,
      }
    )
  },

  /** The answer to a creation must show what was sent, as far as it shows it. */
  echoed: (sent: object, shown: unknown, about: string, tolerance: Tolerance): Observation | undefined => {
    const loss = findLoss(shownOf(sent, shown), shown, tolerance)
    return (
      loss && {
        place: `${about}: ${loss.at}`,
        expected: `${loss.at}: ${loss.expected}, as was sent`,
        actual: loss.actual,
      }
    )
  },

  /** A record of a name that was deleted must have no text of the one before. */
  inherited: (gone: object, read: unknown, cause: string): Observation | undefined => {
    const shown = Object(read)
    const [field, text] =
      Object.entries(gone).find(
        ([name, value]) => name !== 'username' && typeof value === 'string' && shown[name] === value,
      ) ?? []
    return field === undefined
      ? undefined
      : {
          place: `inherited /${field}`,
          expected: `no /${field} of a deleted record after ${cause}`,
          actual: show(text),
        }
  },

  /** XML has the entities of its standard alone: others may grow without bound (row "XML request bodies"). */
  expanded: (read: unknown, text: string, about: string): Observation | undefined =>
    JSON.stringify(read ?? null).includes(text)
      ? {
          place: about,
          expected: 'no entity of a DOCTYPE in what is stored',
          actual: `${show(text)} in the place of one`,
        }
      : undefined,

  /** A record must not come back to what it was before the write. */
  undone: (written: unknown, before: unknown, times: number): Observation => ({
    place: 'a write that is undone later',
    expected: `/name: ${show(written)}, as was sent and shown`,
    actual: `${show(before)} a moment later, as before the write, ${times} times out of ${times}`,
    isProven: true,
  }),

  /** Each field must come from the same write. */
  mixed: (shown: Readonly<Record<string, unknown>>, names: readonly string[]): Observation => ({
    place: 'a mixture of writes at once',
    expected: `${names.join(', ')} of one write`,
    actual: names.map((name) => show(shown[name])).join(', '),
    isProven: true,
  }),

  /** PUT replaces, so what it leaves out should not stay. Other servers keep it, and the reference does not say. */
  replaced: (
    what: 'pet' | 'user',
    before: unknown,
    sent: unknown,
    read: unknown,
    schema: Schema | undefined,
  ): Observation | undefined => {
    const kept = findKept(before, sent, read, schema)
    if (kept === undefined) return undefined
    return {
      level: 'note',
      place: `kept ${kept}`,
      expected: `no ${kept}: PUT replaces the whole ${what}`,
      actual: `${kept} as it was before`,
    }
  },

  /** A user of a list must have nothing of the one before it. */
  ownFields: (before: unknown, sent: unknown, read: unknown, schema: Schema | undefined): Observation | undefined => {
    const taken = findKept(before, sent, read, schema)
    if (taken === undefined) return undefined
    return {
      place: `users of a list: ${taken} of another`,
      expected: `no ${taken}, which was not sent`,
      actual: `the ${taken} of the user before it in the list`,
    }
  },

  /** The name must be the one that was sent. */
  named: (
    what: 'a domain' | 'an order',
    sent: unknown,
    shown: unknown,
    tolerance: Tolerance,
  ): Observation | undefined =>
    tolerance('/name', sent, shown) || shown === sent
      ? undefined
      : { place: `the name of ${what}`, expected: plainText(sent), actual: plainText(shown) },

  /** A condition that names the state before a write must not be met after it. */
  fresh: (status: number, cause: string): Observation | undefined =>
    status === 304
      ? { place: 'a condition after a write', expected: `200 with the record as it is after ${cause}`, actual: '304' }
      : undefined,

  /** The schema has a password; that a reply shows it is noted. */
  withoutPassword: (user: unknown): Observation | undefined =>
    Object(user).password === undefined
      ? undefined
      : {
          level: 'note',
          place: 'password in the reply',
          expected: 'no password in a reply, though the schema has one',
          actual: 'a password',
        },
})

/** The parts of a record that an answer shows. */
const shownOf = (sent: object, shown: unknown) =>
  Object.fromEntries(Object.entries(sent).filter(([name]) => Object.hasOwn(Object(shown), name)))
