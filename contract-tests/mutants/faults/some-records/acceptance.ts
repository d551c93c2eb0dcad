import { refuse } from '../../alter.ts'
import { inArea } from '../../fault.ts'
import { Refusal, XML_TYPE } from '../../server/handling.ts'
import type { Pet } from '../../server/store.ts'
import { photos } from './samples.ts'

/** Faults of acceptance that show on some records only. */
export const acceptanceOfSome = inArea('acceptance', [
  {
    id: 'sold-pet-not-updatable',
    operation: 'updatePet',
    summary: 'A pet that is sold cannot be updated any more, which the document does not say.',
    seams: () => ({
      reply: ({ input: { body }, store }, next) => {
        if (store.pets.get((body as Pet).id)?.status === 'sold') throw new Refusal(405, 'Sold.')
        return next()
      },
    }),
    witness: async ({ put }) => {
      const pet = { id: 1, name: 'a', photoUrls: [], status: 'sold' }
      await put('/domain', pet)
      return (await put('/domain', { ...pet, status: 'pending' })).status === 405
    },
  },
  {
    id: 'form-sold-refused',
    operation: 'updatePetWithForm',
    summary: 'One of the statuses cannot be set by form.',
    seams: refuse(({ input: { body } }) => Object(body).status === 'sold'),
    witness: async ({ form }) => (await form('/pet/1', 'status=sold')).status === 405,
  },
  {
    id: 'form-charset-refused',
    operation: 'updatePetWithForm',
    summary: 'A form whose type names a charset is refused.',
    seams: refuse(({ request }) => (request.headers['content-type'] ?? '').includes('charset')),
    witness: async ({ send }) =>
      (await send('POST', '/pet/1', { type: 'application/x-www-form-urlencoded; charset=UTF-8', body: 'name=a' }))
        .status === 405,
  },
  {
    id: 'xml-charset-refused',
    operation: 'updatePet',
    summary: 'XML whose type names a charset is refused.',
    seams: refuse(({ request }) => (request.headers['content-type'] ?? '').startsWith(`${XML_TYPE};`)),
    witness: async ({ send }) =>
      (
        await send('PUT', '/domain', {
          type: 'application/xml; charset=utf-8',
          body: '<Pet><id>1</id><name>a</name><photoUrls>b</photoUrls></Pet>',
        })
      ).status === 405,
  },
  {
    id: 'order-missing-validation-refused',
    operation: 'placeOrder',
    summary: 'A status with a space in its name is refused.',
    seams: refuse(({ input: { body } }) => Object(body).status === 'missing validation'),
    witness: async ({ post }) => (await post('/store/order', { status: 'missing validation' })).status === 400,
  },
  {
    id: 'user-status-of-int32-refused',
    operation: 'createUser',
    summary: 'The greatest int32 is refused, as by a slip of one.',
    seams: refuse(({ input: { body } }) => Object(body).userStatus >= 2 ** 31 - 1),
    witness: async ({ post }) => (await post('/user', { username: 'a', userStatus: 2 ** 31 - 1 })).status === 400,
  },
  {
    id: 'at-sign-in-username-refused',
    operation: ['createUser', 'createUsersWithListInput'],
    summary: 'A username that is an address is refused.',
    seams: refuse(({ input: { body } }) => JSON.stringify(body).includes('@b.example"')),
    witness: async ({ post }) => (await post('/user', { username: 'a@b.example' })).status === 400,
  },
  {
    id: 'long-list-of-users-refused',
    operation: 'createUsersWithListInput',
    summary: 'A list of more than ten users is refused.',
    seams: refuse(({ input: { body } }) => Array.isArray(body) && body.length > 10),
    witness: async ({ post }) =>
      (
        await post(
          '/user/createWithList',
          photos(12).map((username) => ({ username })),
        )
      ).status === 400,
  },
])
