import { input, value } from '../alter.ts'
import { inArea } from '../fault.ts'
import type { Handling } from '../server/handling.ts'
import { itemsOf } from '../server/query.ts'
import type { Seams } from '../server/seams.ts'
import type { Pet } from '../server/store.ts'

const wanted = ({ input: { query } }: Handling) => itemsOf([...query.values()].flat())
const allPets = ({ store }: Handling) => [...store.pets.values()]
const tagsOf = ({ tags = [] }: Pet) => tags.map(({ name }) => name ?? '')

/** Finds pets of the store by another rule. */
const finding = (isFound: (pet: Pet, items: readonly string[], handling: Handling) => boolean) =>
  value((_found, handling) => allPets(handling).filter((pet) => isFound(pet, wanted(handling), handling)))

/** Remembers the pets as they were at the first request, and filters those. */
const findingStale =
  (isFound: (pet: Pet, items: readonly string[]) => boolean): (() => Seams) =>
  () => {
    let known: readonly Pet[] | undefined
    return {
      answer: (handling, next) => {
        known ??= allPets(handling)
        return next()
      },
      value: (handling, next) =>
        handling.match.operation?.query ? (known ?? []).filter((pet) => isFound(pet, wanted(handling))) : next(),
    }
  }

const hasStatus = ({ status = '' }: Pet, items: readonly string[]) => items.includes(status)
const hasTag = (pet: Pet, items: readonly string[]) => tagsOf(pet).some((tag) => items.includes(tag))

const SOLD = '/pet/findByStatus?status=sold'

/** Filters that find too little, too much, or what was. */
export const filterFaults = inArea('filters', [
  {
    id: 'second-status-ignored',
    operation: 'findPetsByStatus',
    summary: 'Of several statuses only the first counts.',
    seams: finding((pet, [first = '']) => pet.status === first),
    witness: async ({ get }) =>
      (await get('/pet/findByStatus?status=sold,pending')).list.every(({ status }) => status === 'sold'),
  },
  {
    id: 'lists-show-no-pet',
    operation: ['findPetsByStatus', 'findPetsByTags', 'getInventory'],
    summary: 'No list shows any pet, and the inventory counts none.',
    seams: value((found) => (Array.isArray(found) ? [] : { available: 0, pending: 0, sold: 0 })),
    witness: async ({ get }) => (await get(SOLD)).list.length === 0,
  },
  {
    id: 'status-filter-ignored',
    operation: 'findPetsByStatus',
    summary: 'All pets are listed whatever the status.',
    seams: finding(() => true),
    witness: async ({ get }) => (await get(SOLD)).list.some(({ status }) => status !== 'sold'),
  },
  {
    id: 'one-pet-too-many',
    operation: 'findPetsByStatus',
    summary: 'The list ends with a pet of another status.',
    seams: value<Pet[]>((pets, handling) => [
      ...pets,
      ...allPets(handling)
        .filter((pet) => !pets.includes(pet))
        .slice(0, 1),
    ]),
    witness: async ({ get }) => (await get(SOLD)).list.some(({ status }) => status !== 'sold'),
  },
  {
    id: 'encoded-comma-is-part-of-status',
    operation: 'findPetsByStatus',
    summary: 'An encoded comma separates no statuses: the second one is lost.',
    seams: finding((pet, items, { request }) => hasStatus(pet, /%2C/i.test(request.query) ? items.slice(0, 1) : items)),
    witness: async ({ get }) =>
      (await get('/pet/findByStatus?status=sold%2Cpending')).list.every(({ status }) => status === 'sold'),
  },
  {
    id: 'encoded-comma-is-part-of-tag',
    operation: 'findPetsByTags',
    summary: 'An encoded comma separates no tags: they are one that no pet has.',
    seams: finding((pet, items, { request }) => !/%2C/i.test(request.query) && hasTag(pet, items)),
    witness: async ({ get }) => (await get('/pet/findByTags?tags=tag1%2Ctag2')).list.length === 0,
  },
  {
    id: 'pets-without-status-available',
    operation: 'findPetsByStatus',
    summary: 'A pet without a status is listed as available.',
    seams: finding(({ status = 'available' }, items) => items.includes(status)),
    witness: async ({ get }) =>
      (await get('/pet/findByStatus?status=available')).list.some((pet) => !('status' in pet)),
  },
  {
    id: 'pending-never-found',
    operation: 'findPetsByStatus',
    summary: 'One status finds nothing.',
    seams: finding((pet, items) => pet.status !== 'pending' && hasStatus(pet, items)),
    witness: async ({ get }) => (await get('/pet/findByStatus?status=pending')).list.length === 0,
  },
  {
    id: 'status-list-cut',
    operation: 'findPetsByStatus',
    summary: 'The list ends after five pets.',
    seams: value<Pet[]>((pets) => pets.slice(0, 5)),
    witness: async ({ get }) => (await get('/pet/findByStatus?status=sold,pending,available')).list.length === 5,
  },
  {
    id: 'status-list-misses-form-updates',
    operation: ['updatePetWithForm', 'findPetsByStatus'],
    summary: 'Lists do not learn of a status that came by form.',
    seams: () => {
      const before = new Map<number, string>()
      const asBefore = (pet: Pet) => ({ ...pet, status: before.get(pet.id) ?? pet.status ?? '' })
      return {
        reply: (handling, next) => {
          const pet = handling.store.pets.get(Number(handling.input.parameter))
          if (pet?.status !== undefined) before.set(pet.id, pet.status)
          return next()
        },
        value: (handling) => allPets(handling).filter((pet) => hasStatus(asBefore(pet), wanted(handling))),
      }
    },
    witness: async ({ form, get }) => {
      await form('/pet/1', 'status=sold')
      return !(await get(SOLD)).list.some(({ id }) => id === 1)
    },
  },
  {
    id: 'lists-stale',
    operation: ['findPetsByStatus', 'findPetsByTags'],
    summary: 'Lists show pets as they were at the first listing.',
    seams: findingStale((pet, items) => hasStatus(pet, items) || hasTag(pet, items)),
    witness: async ({ get, put }) => {
      await get(SOLD)
      await put('/domain', { id: 2, name: 'fresh', photoUrls: [], status: 'sold' })
      return !(await get(SOLD)).text.includes('fresh')
    },
  },
  {
    id: 'deleted-pet-listed',
    operation: ['deletePet', 'findPetsByStatus'],
    summary: 'A deleted pet is still listed.',
    seams: () => {
      const deleted: Pet[] = []
      return {
        reply: ({ input: { parameter }, store }, next) => {
          const pet = store.pets.get(Number(parameter))
          if (pet) deleted.push(pet)
          return next()
        },
        value: (handling, next) => [...(next() as Pet[]), ...deleted.filter((pet) => hasStatus(pet, wanted(handling)))],
      }
    },
    witness: async ({ get, remove }) => {
      await remove('/pet/2')
      return (await get(SOLD)).list.some(({ id }) => id === 2)
    },
  },
  {
    id: 'status-filter-by-text',
    operation: 'findPetsByStatus',
    summary: 'Pets are found by their name as well as their status.',
    seams: finding((pet, items) => hasStatus(pet, items) || items.includes(pet.name)),
    witness: async ({ get, put }) => {
      await put('/domain', { id: 1, name: 'sold', photoUrls: [], status: 'pending' })
      return (await get(SOLD)).list.some(({ id }) => id === 1)
    },
  },
  {
    id: 'tags-all-needed',
    operation: 'findPetsByTags',
    summary: 'A pet must have all tags, not any.',
    seams: finding((pet, items) => items.every((item) => tagsOf(pet).includes(item))),
    witness: async ({ get }) => !(await get('/pet/findByTags?tags=tag1,tag3')).list.some(({ id }) => id === 1),
  },
  {
    id: 'second-tag-ignored',
    operation: 'findPetsByTags',
    summary: 'Of several tags only the first counts.',
    seams: finding((pet, items) => hasTag(pet, items.slice(0, 1))),
    witness: async ({ get }) => !(await get('/pet/findByTags?tags=nobody,tag1')).list.some(({ id }) => id === 1),
  },
  {
    id: 'only-first-tag-of-pet-counts',
    operation: 'findPetsByTags',
    summary: 'A pet is found by its first tag only.',
    seams: finding((pet, items) => items.includes(tagsOf(pet)[0] ?? '')),
    witness: async ({ get }) => !(await get('/pet/findByTags?tags=tag2')).list.some(({ id }) => id === 1),
  },
  {
    id: 'tag-found-by-beginning',
    operation: 'findPetsByTags',
    summary: 'A tag is found by its beginning.',
    seams: finding((pet, items) => tagsOf(pet).some((tag) => items.some((item) => tag.startsWith(item)))),
    witness: async ({ get }) => (await get('/pet/findByTags?tags=ta')).list.length > 0,
  },
  {
    id: 'pet-listed-once-per-tag',
    operation: 'findPetsByTags',
    summary: 'A pet with two of the tags is listed twice.',
    seams: value((_found, handling) =>
      wanted(handling).flatMap((item) => allPets(handling).filter((pet) => tagsOf(pet).includes(item))),
    ),
    witness: async ({ get }) =>
      (await get('/pet/findByTags?tags=tag1,tag2')).list.filter(({ id }) => id === 1).length === 2,
  },
  {
    id: 'untagged-pets-match-any-tag',
    operation: 'findPetsByTags',
    summary: 'A pet without tags is found by any.',
    seams: finding((pet, items) => tagsOf(pet).length === 0 || hasTag(pet, items)),
    witness: async ({ get }) => (await get('/pet/findByTags?tags=tag1')).list.some(({ id }) => id === 5),
  },
  {
    id: 'unicode-tag-not-found',
    operation: 'findPetsByTags',
    summary: 'A tag beyond ASCII finds nothing.',
    seams: finding((pet, items) =>
      hasTag(
        pet,
        items.filter((item) => !/[^ -~]/.test(item)),
      ),
    ),
    witness: async ({ get, put }) => {
      await put('/domain', { id: 1, name: 'a', photoUrls: [], tags: [{ name: 'größe' }] })
      return (await get(`/pet/findByTags?tags=${encodeURIComponent('größe')}`)).list.length === 0
    },
  },
  {
    id: 'unknown-tag-finds-all',
    operation: 'findPetsByTags',
    summary: 'Where no pet matches all are listed.',
    seams: value<Pet[]>((pets, handling) => (pets.length > 0 ? pets : allPets(handling))),
    witness: async ({ get }) => (await get('/pet/findByTags?tags=nobody')).list.length > 0,
  },
  {
    id: 'tags-of-updated-pet-not-indexed',
    operation: ['updatePet', 'findPetsByTags'],
    summary: 'A tag that came with an update finds nothing.',
    seams: () => {
      const updated = new Set<number>()
      return {
        ...input<Pet>((pet) => {
          if (pet) updated.add(pet.id)
          return pet
        })(),
        value: (_handling, next) => (next() as Pet[]).filter(({ id }) => !updated.has(id)),
      }
    },
    witness: async ({ get, put }) => {
      await put('/domain', { id: 1, name: 'a', photoUrls: [], tags: [{ name: 'added' }] })
      return (await get('/pet/findByTags?tags=added')).list.length === 0
    },
  },
])
