import { inArea } from '../../fault.ts'
import { XML_TYPE } from '../../server/handling.ts'
import { ALL } from './samples.ts'

/** Faults of authentication that show on some records only. */
export const authenticationOfSome = inArea('authentication', [
  {
    id: 'xml-reading-without-key',
    operation: ['getPetById', 'findPetsByStatus', 'findPetsByTags'],
    summary: 'Reading needs no key where XML is asked for.',
    seams: () => ({ authenticated: ({ request }, next) => next() || request.headers.accept === XML_TYPE }),
    witness: async ({ get }) => (await get(ALL, { key: null, accept: XML_TYPE })).status === 200,
  },
  {
    id: 'key-in-other-case-accepted',
    operation: 'any',
    summary: 'Small and capital letters of the key count the same.',
    seams: () => ({
      authenticated: ({ request, key }, next) => next() || request.headers.api_key?.toLowerCase() === key.toLowerCase(),
    }),
    witness: async ({ get }) => (await get('/store/inventory', { key: 'SPECIAL-KEY' })).status === 200,
  },
])
