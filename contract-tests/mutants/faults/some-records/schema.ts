import { value } from '../../alter.ts'
import { inArea } from '../../fault.ts'
import type { Domain, Pet } from '../../server/store.ts'
import { photos, UPLOAD } from './samples.ts'

/** Faults of schema that show on some records only. */
export const schemaOfSome = inArea('schema', [
  {
    id: 'sold-pet-id-is-text',
    operation: 'getPetById',
    summary: 'The id of a sold pet is a string, when it is read alone.',
    seams: value<Pet>((pet) => (pet.status === 'sold' ? { ...pet, id: String(pet.id) } : pet)),
    witness: async ({ get }) =>
      (await Promise.all([1, 2, 3].map((id) => get(`/pet/${id}`)))).some(({ object }) => typeof object.id === 'string'),
  },
  {
    id: 'many-tags-end-in-words',
    operation: 'getPetById',
    summary: 'Above ten tags, the rest is a count in words.',
    seams: value<Pet>(({ tags = [], ...pet }) => ({
      ...pet,
      tags: [...tags.slice(0, 10), ...(tags.length > 10 ? ['and more'] : [])],
    })),
    witness: async ({ get, put }) => {
      await put('/domain', { id: 1, name: 'a', photoUrls: [], tags: photos(12).map((name, id) => ({ id, name })) })
      return (await get('/pet/1')).text.includes('and more')
    },
  },
  {
    id: 'domain-active-is-text',
    operation: 'addDomain',
    summary: 'A boolean of a new domain is a string.',
    seams: value<Domain>((domain) => ({ ...domain, active: String(domain.active) })),
    witness: async ({ post }) => (await post('/domain', { name: 'a.example' })).object.active === 'false',
  },
  {
    id: 'domain-id-is-number',
    operation: 'addDomain',
    summary: 'The id of a new domain is a number; the document says string.',
    seams: value((domain) => ({ ...domain, id: 7 })),
    witness: async ({ post }) => (await post('/domain', { name: 'a.example' })).object.id === 7,
  },
  {
    id: 'inventory-of-other-status-is-text',
    operation: 'getInventory',
    summary: 'A status beside the documented ones has a text for a quantity.',
    seams: value((counts) => ({ ...counts, lost: 'none' })),
    witness: async ({ get }) => (await get('/store/inventory')).object.lost === 'none',
  },
  {
    id: 'upload-message-is-list',
    operation: 'uploadFile',
    summary: 'The message of an upload is a list.',
    seams: value((reply) => ({ ...reply, message: [reply.message] })),
    witness: async ({ send }) =>
      Array.isArray(
        (await send('POST', '/pet/1/uploadImage', { type: 'multipart/form-data; boundary=b', body: UPLOAD })).object
          .message,
      ),
  },
])
