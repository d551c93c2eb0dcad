import { isDeepStrictEqual } from 'node:util'
import { findDifference, findLoss, type Tolerance } from '../../http/answers/compare.ts'
import { isObject } from '../../openapi/json-object.ts'
import { type Interaction, isSuccess, statusOf } from '../interaction.ts'
import type { KnownPet } from '../listed-pets.ts'
import { defineCheck, type Observation } from './check.ts'

type Pets = ReadonlyMap<number, KnownPet>

/** A write must change its own record alone. */
export const isolation = defineCheck({
  id: 'isolation',
  title: 'A write changes nothing else',
  lastWrite: 'cause',

  /** Every listed pet but the one must be as it was before. */
  otherPets: (before: Pets, now: Pets, id: number, cause: string): Observation | undefined => {
    const others = [...new Set([...before.keys(), ...now.keys()])].filter((other) => other !== id)
    const changed = others.find((other) => !isDeepStrictEqual(before.get(other), now.get(other)))
    if (changed === undefined) return undefined
    const [then, today] = [before.get(changed), now.get(changed)]
    if (!then) return { place: 'other pets', expected: `no pet ${changed}, as before ${cause}`, actual: 'listed' }
    if (!today) return { place: 'other pets', expected: `pet ${changed} as before ${cause}`, actual: 'not listed' }
    const { at, expected, actual } = findDifference(then, today) ?? { at: '', expected: '', actual: '' }
    return { place: 'other pets', expected: `pet ${changed} ${at}: ${expected}, as before ${cause}`, actual }
  },

  /** A record of another kind must still hold what is known of it. */
  otherRecord: (
    operationId: string,
    known: unknown,
    read: Interaction,
    cause: string,
    tolerance: Tolerance,
  ): Observation | undefined =>
    unchanged(`${operationId} of another record`, 'the record', known, read, cause, tolerance),

  /** Another user must still hold what is known of it. */
  otherUser: (known: unknown, read: Interaction, cause: string, tolerance: Tolerance): Observation | undefined =>
    unchanged('another user', 'the user', known, read, cause, tolerance),

  /** An upload may add photos to its pet and change nothing else of it. */
  afterUpload: (before: unknown, after: unknown): Observation | undefined => {
    const difference = findDifference(before, withoutNewPhotos(after, before))
    return (
      difference && {
        place: 'the pet after an upload',
        expected: `${difference.at}: ${difference.expected}`,
        actual: difference.actual,
      }
    )
  },
})

function unchanged(
  place: string,
  what: string,
  known: unknown,
  read: Interaction,
  cause: string,
  tolerance: Tolerance,
): Observation | undefined {
  const loss = isSuccess(read) ? findLoss(known, read.value, tolerance) : undefined
  if (isSuccess(read) && loss === undefined) return undefined
  const expected = `${loss ? `${loss.at}: ${loss.expected}` : what} as before ${cause}`
  return { place, expected, actual: loss?.actual ?? String(statusOf(read)) }
}

/** The pet without the photos that an upload may have added, wherever it put them. */
function withoutNewPhotos(pet: unknown, before: unknown): unknown {
  const photos = (value: unknown): unknown => (isObject(value) ? value.photoUrls : undefined)
  const [now, then] = [photos(pet), photos(before)]
  return isObject(pet) && Array.isArray(now) && Array.isArray(then) && isWithin(then, now)
    ? { ...pet, photoUrls: then }
    : pet
}

/** True if the list has all items of the shorter one, in their order. */
function isWithin(shorter: readonly unknown[], list: readonly unknown[]): boolean {
  let found = 0
  for (const item of list) if (found < shorter.length && item === shorter[found]) found += 1
  return found === shorter.length
}
