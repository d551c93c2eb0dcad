import { value } from '../alter.ts'
import { inArea } from '../fault.ts'
import { check } from '../server/check.ts'
import { type Handling, JSON_TYPE, Refusal, XML_TYPE } from '../server/handling.ts'
import { pet } from '../server/schemas.ts'
import type { Seams } from '../server/seams.ts'
import type { Pet } from '../server/store.ts'

const SECURED = [
  'addDomain',
  'updatePet',
  'findPetsByStatus',
  'findPetsByTags',
  'getPetById',
  'updatePetWithForm',
  'deletePet',
  'uploadFile',
  'getInventory',
]
const UPLOAD = '--b\r\nContent-Disposition: form-data; name="additionalMetadata"\r\n\r\nx\r\n--b--\r\n'
const PET = { id: 1, name: 'intruder', photoUrls: [] }

/** Lets requests in that the test picks, besides those with the key. */
const accepting =
  (isAuthenticated: (given: string | undefined, handling: Handling) => boolean): (() => Seams) =>
  () => ({ authenticated: (handling, next) => next() || isAuthenticated(handling.request.headers.api_key, handling) })

const acceptingAll = accepting(() => true)

/** Answers requests without the key with another status. */
const refusingWith = (status: number) => () => ({
  authenticated: (_handling: Handling, next: () => boolean) => {
    if (next()) return true
    throw new Refusal(status, 'No key')
  },
})

/** Holes in the key that the document asks for, and locks where it asks for none. */
export const authenticationFaults = inArea('authentication', [
  {
    id: 'inventory-without-key',
    operation: 'getInventory',
    summary: 'The inventory needs no key.',
    seams: acceptingAll,
    witness: async ({ get }) => (await get('/store/inventory', { key: null })).status === 200,
  },
  {
    id: 'pet-without-key',
    operation: 'getPetById',
    summary: 'A pet needs no key.',
    seams: acceptingAll,
    witness: async ({ get }) => (await get('/pet/1', { key: null })).status === 200,
  },
  {
    id: 'tags-without-key',
    operation: 'findPetsByTags',
    summary: 'The filter by tags needs no key.',
    seams: acceptingAll,
    witness: async ({ get }) => (await get('/pet/findByTags?tags=tag1', { key: null })).status === 200,
  },
  {
    id: 'delete-pet-without-key',
    operation: 'deletePet',
    summary: 'Deleting a pet needs no key.',
    seams: acceptingAll,
    witness: async ({ send }) => (await send('DELETE', '/pet/987654', { key: null })).status === 404,
  },
  {
    id: 'form-update-without-key',
    operation: 'updatePetWithForm',
    summary: 'Updating a pet by form needs no key.',
    seams: acceptingAll,
    witness: async ({ send }) =>
      (await send('POST', '/pet/1', { key: null, type: 'application/x-www-form-urlencoded', body: 'name=a' }))
        .status === 200,
  },
  {
    id: 'upload-without-key',
    operation: 'uploadFile',
    summary: 'Uploading an image needs no key.',
    seams: acceptingAll,
    witness: async ({ send }) =>
      (await send('POST', '/pet/1/uploadImage', { key: null, type: 'multipart/form-data; boundary=b', body: UPLOAD }))
        .status === 200,
  },
  {
    id: 'add-domain-without-key',
    operation: 'addDomain',
    summary: 'Adding a domain needs no key.',
    seams: acceptingAll,
    witness: async ({ send }) =>
      (await send('POST', '/domain', { key: null, json: { name: 'a.example' } })).status === 200,
  },
  {
    id: 'xml-update-without-key',
    operation: 'updatePet',
    summary: 'A pet in XML may be updated without a key.',
    seams: accepting((_given, { request }) => request.headers['content-type'] === XML_TYPE),
    witness: async ({ send }) => {
      const body = '<Pet><id>1</id><name>a</name></Pet>'
      return (await send('PUT', '/domain', { key: null, type: XML_TYPE, body })).status === 200
    },
  },
  {
    id: 'head-without-key',
    operation: 'getPetById',
    summary: 'HEAD needs no key.',
    seams: accepting((_given, { request }) => request.method === 'HEAD'),
    witness: async ({ send }) => (await send('HEAD', '/pet/1', { key: null })).status === 200,
  },
  {
    id: 'any-key-accepted',
    operation: SECURED,
    summary: 'There must be a key, and any will do.',
    seams: accepting((given = '') => given !== ''),
    witness: async ({ get }) => (await get('/pet/1', { key: 'wrong' })).status === 200,
  },
  {
    id: 'any-key-accepted-for-status-filter',
    operation: 'findPetsByStatus',
    summary: 'One operation takes any key.',
    seams: accepting((given = '') => given !== ''),
    witness: async ({ get }) => (await get('/pet/findByStatus?status=sold', { key: 'wrong' })).status === 200,
  },
  {
    id: 'empty-key-accepted',
    operation: SECURED,
    summary: 'An empty key is accepted.',
    seams: accepting((given) => given === ''),
    witness: async ({ get }) => (await get('/pet/1', { key: '' })).status === 200,
  },
  {
    id: 'key-in-query-accepted',
    operation: SECURED,
    summary: 'The key is also taken from the query, where logs keep it.',
    seams: accepting((_given, { request, key }) => request.query.includes(`api_key=${key}`)),
    witness: async ({ get }) => (await get('/pet/1?api_key=special-key', { key: null })).status === 200,
  },
  {
    id: 'longer-key-accepted',
    operation: SECURED,
    summary: 'Only the beginning of the key is compared.',
    seams: accepting((given = '', { key }) => given.startsWith(key)),
    witness: async ({ get }) => (await get('/pet/1', { key: 'special-key-and-more' })).status === 200,
  },
  {
    id: 'shorter-key-accepted',
    operation: SECURED,
    summary: 'The beginning of the key is enough.',
    seams: accepting((given = '', { key }) => given !== '' && key.startsWith(given)),
    witness: async ({ get }) => (await get('/pet/1', { key: 'special-ke' })).status === 200,
  },
  {
    id: 'missing-key-is-404',
    operation: 'getInventory',
    summary: 'Without a key the inventory is not found.',
    seams: refusingWith(404),
    witness: async ({ get }) => (await get('/store/inventory', { key: null })).status === 404,
  },
  {
    id: 'missing-key-is-500',
    operation: 'findPetsByTags',
    summary: 'Without a key the filter by tags fails.',
    seams: refusingWith(500),
    witness: async ({ get }) => (await get('/pet/findByTags?tags=tag1', { key: null })).status === 500,
  },
  {
    id: 'missing-key-is-200-and-empty',
    operation: 'findPetsByStatus',
    summary: 'Without a key the list is empty, as if that were true.',
    seams: () => ({
      authenticated: () => true,
      value: ({ request, key }, next) => (request.headers.api_key === key ? next() : []),
    }),
    witness: async ({ get }) => (await get('/pet/findByStatus?status=sold', { key: null })).text === '[]',
  },
  {
    id: 'refused-update-stored',
    operation: 'updatePet',
    summary: 'An update without a key is refused after it was stored.',
    seams: () => ({
      authenticated: (handling, next) => {
        const isAuthenticated = next()
        if (!isAuthenticated) storeAnyway(handling)
        return isAuthenticated
      },
    }),
    witness: async ({ send, get }) => {
      await send('PUT', '/domain', { key: null, json: PET })
      return (await get('/pet/1')).object.name === 'intruder'
    },
  },
  {
    id: 'order-needs-key',
    operation: 'getOrderById',
    summary: 'Reading an order needs a key though the document says that it does not.',
    seams: () => ({ authenticated: ({ request, key }) => request.headers.api_key === key }),
    witness: async ({ get }) => (await get('/store/order/1', { key: null })).status === 401,
  },
  {
    id: 'login-token-empty',
    operation: 'loginUser',
    summary: 'The token is empty.',
    seams: value(() => ''),
    witness: async ({ get }) => (await get('/user/login?username=new&password=a')).value === '',
  },
  {
    id: 'login-needs-key',
    operation: 'loginUser',
    summary: 'Logging in needs a key though the document says that it does not.',
    seams: () => ({ authenticated: ({ request, key }) => request.headers.api_key === key }),
    witness: async ({ get }) => (await get('/user/login?username=new&password=a', { key: null })).status === 401,
  },
  {
    id: 'right-key-refused-for-delete',
    operation: 'deletePet',
    summary: 'Deleting refuses the right key.',
    seams: () => ({ authenticated: () => false }),
    witness: async ({ remove }) => (await remove('/pet/1')).status === 401,
  },
  {
    id: 'key-expires-after-first-write',
    operation: SECURED,
    summary: 'After a pet was updated the key is refused.',
    seams: () => {
      let isSpent = false
      return {
        authenticated: ({ request }, next) => {
          const isAuthenticated = next() && !isSpent
          isSpent ||= isAuthenticated && request.method === 'PUT'
          return isAuthenticated
        },
      }
    },
    witness: async ({ put, get }) => {
      await put('/domain', PET)
      return (await get('/pet/1')).status === 401
    },
  },
])

function storeAnyway({ request, store }: Handling): void {
  if (request.headers['content-type'] !== JSON_TYPE) return
  const sent = readJson(request.body)
  if (check(sent, pet).length === 0 && store.pets.has((sent as Pet).id)) store.pets.set((sent as Pet).id, sent as Pet)
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    return undefined
  }
}
