import { isObject } from '../http/json-value.ts'
import type { Pet } from '../openapi/model.ts'

export const STATUSES = ['available', 'pending', 'sold'] as const
export const ALL_STATUSES = STATUSES.join(',')

/** A pet that can be told apart from others. */
export type KnownPet = Pet & { readonly id: number }

/** The pets of a list that have a usable id. */
export function petsIn(value: unknown): KnownPet[] {
  return Array.isArray(value) ? value.filter((item) => isObject(item) && Number.isSafeInteger(item.id)) : []
}

/** The same of a list by status. A list need not show the status that it was asked for. */
export const petsOfStatus = (value: unknown, status: string): KnownPet[] =>
  petsIn(value).map((pet) =>
    pet.status === undefined ? { ...pet, status: status as NonNullable<Pet['status']> } : pet,
  )

/** The number of records in a list that no path can name: without an id, or with one that a double would round. */
export const unnamedIn = (value: unknown): number =>
  Array.isArray(value) ? value.filter(isObject).length - petsIn(value).length : 0

/** The names of a pet's tags, whatever a server put there. */
export const tagNamesOf = ({ tags = [] }: KnownPet): string[] =>
  (Array.isArray(tags) ? tags : []).flatMap((tag) => Object(tag).name ?? [])

/** True if a list shows an optional part. If no pet has it, its absence tells nothing of one. */
export const showsPart = (listed: readonly KnownPet[], part: 'status' | 'tags'): boolean =>
  listed.some((pet) => pet[part] !== undefined)
