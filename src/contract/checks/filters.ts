import { findDifference } from '../../http/answers/compare.ts'
import { show } from '../../http/json-value.ts'
import { type Interaction, isSuccess } from '../interaction.ts'
import { ALL_STATUSES, type KnownPet, showsPart, tagNamesOf } from '../listed-pets.ts'
import { defineCheck, type Observation } from './check.ts'

type Pets = ReadonlyMap<number, KnownPet>

/** A filter must find what matches, and nothing else. */
export const filters = defineCheck({
  id: 'filters',
  title: 'Filters find what they should, and nothing else',
  lastWrite: 'context',

  /** Every listed pet must have one of the statuses. */
  ofStatus: (listed: readonly KnownPet[], statuses: string): Observation | undefined => {
    const stranger = listed.find(({ status }) => !statuses.split(',').includes(status ?? ''))
    if (!showsPart(listed, 'status')) return undefined
    if (stranger === undefined) return undefined
    const expected = `only pets with status ${statuses}`
    return {
      place: 'status of listed pets',
      expected,
      actual: `pet ${stranger.id} with status ${show(stranger.status)}`,
    }
  },

  /** All statuses together must find each pet of each status once. */
  ofAllStatuses: (listed: readonly KnownPet[], known: Pets): Observation | undefined => {
    const ids = new Set(listed.map(({ id }) => id))
    const isSame = ids.size === listed.length && ids.size === known.size && [...ids].every((id) => known.has(id))
    if (isSame) return undefined
    const expected = `each pet of ${ALL_STATUSES} once: ${known.size}`
    return { place: 'union of statuses', expected, actual: `${listed.length} pets` }
  },

  /** A status that the query names twice must find each pet once. */
  once: (listed: readonly KnownPet[]): Observation | undefined => {
    const different = new Set(listed.map(({ id }) => id)).size
    if (different === listed.length) return undefined
    const actual = `${listed.length} pets, ${different} of them different`
    return { place: 'a status that is named twice', expected: 'each pet once', actual }
  },

  /** The samples repeat the key and the text says commas. Taking both is only advised. */
  repeatedKey: (withCommas: unknown, repeated: Interaction): Observation | undefined =>
    isSuccess(repeated) && findDifference(withCommas, repeated.value) === undefined
      ? undefined
      : {
          level: 'advice',
          place: 'a repeated key',
          expected: 'the same as with commas',
          actual: `${repeated.answer?.status}, another list`,
        },

  /** A pet must be in the lists if it has a status. */
  listed: ({ id, status }: KnownPet, isListed: boolean, cause: string): Observation | undefined => {
    if (isListed === (status !== undefined)) return undefined
    const wanted = status ? `pet ${id} among ${status}` : `pet ${id}, which has no status, in no list`
    return {
      place: 'listed by its status',
      expected: `${wanted} after ${cause}`,
      actual: isListed ? 'listed' : 'not listed',
    }
  },

  /** A pet of another status, or of none, must not be in the list. */
  notListed: (pet: KnownPet, listed: readonly KnownPet[], status: string): Observation | undefined => {
    if (pet.status === status || !listed.some(({ id }) => id === pet.id)) return undefined
    const place = pet.status === undefined ? 'a pet without a status' : 'a pet of another status'
    return { place, expected: `not among ${status}`, actual: 'listed' }
  },

  /** Tags must find every known pet that has one of them, and no pet without. */
  ofKnownTags: (
    found: readonly KnownPet[],
    known: readonly KnownPet[],
    wanted: readonly string[],
  ): Observation | undefined => {
    const has = (pet: KnownPet) => tagNamesOf(pet).some((name) => wanted.includes(name))
    const missed = known.find((pet) => has(pet) && !found.some(({ id }) => id === pet.id))
    const stranger = showsPart(found, 'tags') ? found.find((pet) => !has(pet)) : undefined
    if (missed === undefined && stranger === undefined) return undefined
    return {
      place: 'pets of common tags',
      expected: missed
        ? `pet ${missed.id}, which the lists by status show with ${wanted.join(' or ')}`
        : `only pets with ${wanted.join(' or ')}`,
      actual: missed ? 'not found' : `also pet ${stranger?.id}`,
    }
  },

  /** Tags must find the pet once, or not at all, and no pet without one of them. */
  ofTags: (
    pet: KnownPet,
    found: readonly KnownPet[],
    tags: readonly string[],
    isWanted: boolean,
    place: string,
  ): Observation | undefined => {
    const isStranger = (other: KnownPet) => !tagNamesOf(other).some((name) => tags.includes(name))
    const strangers = showsPart(found, 'tags') ? found.filter(isStranger) : []
    const times = found.filter(({ id }) => id === pet.id).length
    if (times === (isWanted ? 1 : 0) && strangers.length === 0) return undefined
    return {
      place,
      expected: isWanted ? `pet ${pet.id} once, and only pets with that tag` : 'no pet',
      actual: `pet ${pet.id} ${times} times, ${strangers.length} pets without the tag`,
    }
  },
})
