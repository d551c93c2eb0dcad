import { value } from '../../alter.ts'
import { inArea } from '../../fault.ts'
import { itemsOf } from '../../server/query.ts'
import type { Pet } from '../../server/store.ts'

/** Faults of filters that show on some records only. */
export const filtersOfSome = inArea('filters', [
  {
    id: 'equal-statuses-list-twice',
    operation: 'findPetsByStatus',
    summary: 'A status that is named twice lists its pets twice.',
    seams: value((_pets, { input, store }) =>
      (input.query.get('status')?.[0] ?? '')
        .split(',')
        .flatMap((wanted) => [...store.pets.values()].filter(({ status }) => status === wanted)),
    ),
    witness: async ({ get }) =>
      (await get('/pet/findByStatus?status=sold,sold')).list.length ===
      2 * (await get('/pet/findByStatus?status=sold')).list.length,
  },
  {
    id: 'tags-filter-by-category',
    operation: 'findPetsByTags',
    summary: 'The category of a pet counts as one of its tags.',
    seams: value((_found, { input, store }) => {
      const wanted = itemsOf(input.query.get('tags'))
      const names = ({ tags = [], category }: Pet) => [...tags.map(({ name }) => name), category?.name]
      return [...store.pets.values()].filter((pet) => names(pet).some((name) => wanted.includes(name ?? '')))
    }),
    witness: async ({ get, put }) => {
      await put('/domain', { id: 1, name: 'a', photoUrls: [], category: { name: 'kind' } })
      return (await get('/pet/findByTags?tags=kind')).list.length === 1
    },
  },
  {
    id: 'tags-of-sold-pets-not-found',
    operation: 'findPetsByTags',
    summary: 'Sold pets are not found by their tags.',
    seams: value<Pet[]>((pets) => pets.filter(({ status }) => status !== 'sold')),
    witness: async ({ get, put }) => {
      await put('/domain', { id: 1, name: 'a', photoUrls: [], tags: [{ name: 'x' }], status: 'sold' })
      return (await get('/pet/findByTags?tags=x')).list.length === 0
    },
  },
  {
    id: 'tag-list-cut-at-two',
    operation: 'findPetsByTags',
    summary: 'No more than two pets are found by a tag.',
    seams: value<Pet[]>((pets) => pets.slice(0, 2)),
    witness: async ({ get }) => (await get('/pet/findByTags?tags=tag1,tag2,tag3')).list.length === 2,
  },
  {
    id: 'tag-with-ampersand-not-found',
    operation: 'findPetsByTags',
    summary: 'A tag with an escaped sign in it finds nothing.',
    seams: value<Pet[]>((pets, { input }) =>
      itemsOf(input.query.get('tags')).some((tag) => /[&+ ]/.test(tag)) ? [] : pets,
    ),
    witness: async ({ get, put }) => {
      await put('/domain', { id: 1, name: 'a', photoUrls: [], tags: [{ name: 'x&y' }] })
      return (await get('/pet/findByTags?tags=x%26y')).list.length === 0
    },
  },
  {
    id: 'third-tag-ignored',
    operation: 'findPetsByTags',
    summary: 'Of three tags the last does not count.',
    seams: value<Pet[]>((_pets, { input, store }) => {
      const wanted = itemsOf(input.query.get('tags')).slice(0, 2)
      return [...store.pets.values()].filter(({ tags = [] }) => tags.some(({ name }) => wanted.includes(name ?? '')))
    }),
    witness: async ({ get, put }) => {
      await put('/domain', { id: 1, name: 'a', photoUrls: [], tags: [{ name: 'x' }] })
      return (await get('/pet/findByTags?tags=b,a,x')).list.length === 0
    },
  },
])
