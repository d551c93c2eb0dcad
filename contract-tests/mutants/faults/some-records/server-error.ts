import { crash } from '../../alter.ts'
import { inArea } from '../../fault.ts'
import { XML_TYPE } from '../../server/handling.ts'
import { photos, UPLOAD } from './samples.ts'

/** Faults of server error that show on some records only. */
export const serverErrorOfSome = inArea('server-error', [
  {
    id: 'inventory-as-xml-fails',
    operation: 'getInventory',
    summary: 'XML, which the inventory does not have, gives 500.',
    seams: crash(({ request }) => request.headers.accept === XML_TYPE),
    witness: async ({ getXml }) => (await getXml('/store/inventory')).status === 500,
  },
  {
    id: 'head-of-tags-fails',
    operation: 'findPetsByTags',
    summary: 'HEAD of the filter by tags gives 500.',
    seams: crash(({ request }) => request.method === 'HEAD'),
    witness: async ({ send }) => (await send('HEAD', '/pet/findByTags?tags=tag1')).status === 500,
  },
  {
    id: 'equal-domain-fails',
    operation: 'addDomain',
    summary: 'A domain whose name is taken gives 500.',
    seams: () => {
      const names = new Set<unknown>()
      return {
        answer: ({ input }, next) => {
          const answer = next()
          const { name } = Object(input.body)
          if (answer.status === 200 && names.has(name)) return { ...answer, status: 500 }
          names.add(name)
          return answer
        },
      }
    },
    witness: async ({ post }) => {
      await post('/domain', { name: 'a.example' })
      return (await post('/domain', { name: 'a.example' })).status === 500
    },
  },
  {
    id: 'empty-list-of-users-fails',
    operation: 'createUsersWithListInput',
    summary: 'An empty list gives 500.',
    seams: crash(({ input: { body } }) => Array.isArray(body) && body.length === 0),
    witness: async ({ post }) => (await post('/user/createWithList', [])).status === 500,
  },
  {
    id: 'empty-user-fails',
    operation: 'createUser',
    summary: 'A user without a name gives 500.',
    seams: crash(({ input: { body } }) => body !== undefined && body !== null && Object.keys(body).length === 0),
    witness: async ({ post }) => (await post('/user', {})).status === 500,
  },
  {
    id: 'pet-id-beyond-int64-fails',
    operation: 'getPetById',
    summary: 'An id beyond int64 gives 500.',
    seams: crash(({ match }) => (match.parameter ?? '').length > 19),
    witness: async ({ get }) => (await get('/pet/99999999999999999999')).status === 500,
  },
  {
    id: 'binary-upload-fails',
    operation: 'uploadFile',
    summary: 'A file that is no text gives 500.',
    seams: crash(({ request }) => request.body.some((byte) => byte === 0)),
    witness: async ({ send }) =>
      (
        await send('POST', '/pet/1/uploadImage', {
          type: 'multipart/form-data; boundary=b',
          body: UPLOAD.replace('\u0080', '\u0000'),
        })
      ).status === 500,
  },
  {
    id: 'pet-without-id-fails',
    operation: 'updatePet',
    summary: 'An update that names no pet gives 500.',
    seams: crash(
      ({ input: { body } }) => body !== undefined && Object(body).id === undefined && Object(body).name !== undefined,
    ),
    witness: async ({ put }) => (await put('/domain', { name: 'a', photoUrls: [] })).status === 500,
  },
  {
    id: 'property-of-objects-fails',
    operation: 'getUserByName',
    summary: 'A name that every object has as a property gives 500.',
    seams: crash(({ match }) => ['constructor', 'toString'].includes(match.parameter ?? '')),
    witness: async ({ get }) => (await get('/user/constructor')).status === 500,
  },
  {
    id: 'unknown-path-fails',
    operation: 'any',
    summary: 'A path that leads nowhere gives 500.',
    seams: crash(({ match }) => match.allowed === undefined),
    witness: async ({ get }) => (await get('/nowhere')).status === 500,
  },
  {
    id: 'unknown-fields-fail',
    operation: 'updateUser',
    summary: 'A property that the document does not name gives 500.',
    seams: crash(({ request }) => request.body.includes('"unknown')),
    witness: async ({ put }) => (await put('/user/user1', { unknownToAll: 1 })).status === 500,
  },
  {
    id: 'many-photos-fail',
    operation: 'updatePet',
    summary: 'More than ten photos give 500.',
    seams: crash(({ input: { body } }) => Object(Object(body).photoUrls).length > 10),
    witness: async ({ put }) => (await put('/domain', { id: 1, name: 'a', photoUrls: photos(12) })).status === 500,
  },
])
