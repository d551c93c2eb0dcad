import type { Pet } from '../openapi/model.ts'
import { isObject } from './json-value.ts'

export const STATUSES = ['available', 'pending', 'sold'] as const
export const ALL_STATUSES = STATUSES.join(',')

/** A pet that can be told apart from others. */
export type KnownPet = Pet & { readonly id: number }

/** The pets of a list that have a usable id. */
export function petsIn(value: unknown): KnownPet[] {
  return Array.isArray(value) ? value.filter((item) => isObject(item) && Number.isSafeInteger(item.id)) : []
}

/** The names of a pet's tags, whatever a server put there. */
export const tagNamesOf = ({ tags = [] }: KnownPet): string[] =>
  (Array.isArray(tags) ? tags : []).flatMap((tag) => Object(tag).name ?? [])
