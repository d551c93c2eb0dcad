import { isObject } from '../openapi/json-object.ts'
import type { Pet } from '../openapi/model.ts'
import { plainText } from '../openapi/plain-text.ts'

export const STATUSES = ['available', 'pending', 'sold'] as const
export const ALL_STATUSES = STATUSES.join(',')

/**
 * False if an inventory counts under names of the server's own alone, which the decisions leave to it (row "inventory keys"): then
 * no count of a status can be wrong.
 */
export function countsStatuses(counts: object): boolean {
  const names = Object.keys(counts)
  return names.length === 0 || STATUSES.some((status) => names.includes(status))
}

/** A pet that can be told apart from others. */
export type KnownPet = Pet & { readonly id: number }

/** The pets of a list that have a usable id. */
export function petsIn(value: unknown): KnownPet[] {
  const pets: KnownPet[] = Array.isArray(value)
    ? value.filter((item) => isObject(item) && Number.isSafeInteger(item.id))
    : []
  return pets.every(isSound) ? pets : pets.map(soundPet)
}

const isTextOrNone = (value: unknown) => value === undefined || typeof value === 'string'
const isObjectOrNone = (value: unknown) => value === undefined || isObject(value)
const isText = (value: unknown): value is string => typeof value === 'string'

/** True if each part has its type. */
const isSound = ({ name, photoUrls, tags, category, status }: KnownPet): boolean =>
  isText(name) &&
  Array.isArray(photoUrls) &&
  photoUrls.every(isText) &&
  (tags === undefined || (Array.isArray(tags) && tags.every((tag) => isObject(tag) && isTextOrNone(tag.name)))) &&
  isObjectOrNone(category) &&
  isTextOrNone(status)

/** A part of another type is a finding of its own; scenarios go on without it. */
export function soundPet(pet: KnownPet): KnownPet {
  if (isSound(pet)) return pet
  const { id, name, photoUrls, tags, category, status } = pet
  return {
    id,
    name: plainText(name),
    photoUrls: Array.isArray(photoUrls) ? photoUrls.filter(isText) : [],
    ...(Array.isArray(tags) && { tags: tags.filter((tag) => isObject(tag) && isTextOrNone(tag.name)) }),
    ...(isObject(category) && { category }),
    ...(isText(status) && { status }),
  }
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
