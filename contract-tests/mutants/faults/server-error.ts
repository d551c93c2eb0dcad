import { crash } from '../alter.ts'
import { inArea } from '../fault.ts'
import { type Handling, JSON_TYPE, Refusal, XML_TYPE } from '../server/handling.ts'
import type { Seams } from '../server/seams.ts'

const bodyOf = ({ request }: Handling) => request.body.toString()

/** Fails where a body of that type cannot be read. */
const failingToRead =
  (type: string): (() => Seams) =>
  () => ({
    body: ({ request }, next) => {
      try {
        return next()
      } catch (error) {
        throw request.headers['content-type'] === type ? new Refusal(500, 'Unexpected end of input') : error
      }
    },
  })

const nameIn = (query: ReadonlyMap<string, readonly string[]>) => query.get('username')?.[0] ?? ''

/** Cases that nobody foresaw, answered with 500. */
export const serverErrorFaults = inArea('server-error', [
  {
    id: 'malformed-json-fails',
    operation: 'updateUser',
    summary: 'JSON that cannot be read gives 500.',
    seams: failingToRead(JSON_TYPE),
    witness: async ({ send }) => (await send('PUT', '/user/user1', { type: JSON_TYPE, body: '{' })).status === 500,
  },
  {
    id: 'malformed-xml-fails',
    operation: 'updatePet',
    summary: 'XML that cannot be read gives 500.',
    seams: failingToRead(XML_TYPE),
    witness: async ({ putXml }) => (await putXml('/domain', '<Pet>')).status === 500,
  },
  {
    id: 'object-as-id-fails',
    operation: 'updatePet',
    summary: 'A pet whose id is an object gives 500.',
    seams: crash((handling) => /"id":\s*\{/.test(bodyOf(handling))),
    witness: async ({ put }) => (await put('/domain', { id: {}, name: 'a', photoUrls: [] })).status === 500,
  },
  {
    id: 'beginning-of-tag-fails',
    operation: 'updatePet',
    summary: 'XML that ends in a tag gives 500.',
    seams: crash((handling) => /<\/?\w+$/.test(bodyOf(handling))),
    witness: async ({ putXml }) => (await putXml('/domain', '<Pet')).status === 500,
  },
  {
    id: 'empty-text-in-xml-fails',
    operation: 'updatePet',
    summary: 'An element of XML without a text gives 500.',
    seams: crash((handling) => /<photoUrls>(<\/photoUrls>)/.test(bodyOf(handling))),
    witness: async ({ putXml }) =>
      (await putXml('/domain', '<Pet><id>1</id><name>a</name><photoUrls></photoUrls></Pet>')).status === 500,
  },
  {
    id: 'broken-escape-in-path-fails',
    operation: 'any',
    summary: 'A path of a user with an escape that stands for nothing gives 500.',
    seams: crash(({ request }) => /^\/user\/.*%(?![\da-f]{2})/i.test(request.path)),
    witness: async ({ get }) => (await get('/user/%zz')).status === 500,
  },
  {
    id: 'broken-escape-in-query-fails',
    operation: 'any',
    summary: 'A query with an escape that stands for nothing gives 500.',
    seams: crash(({ request }) => /%(?![\da-f]{2})/i.test(request.query)),
    witness: async ({ get }) => (await get('/pet/findByStatus?status=sold&note=%zz')).status === 500,
  },
  {
    id: 'pet-id-of-letters-fails',
    operation: 'getPetById',
    summary: 'An id that is no integer gives 500.',
    seams: crash(({ request }) => /\/[a-z]+$/i.test(request.path)),
    witness: async ({ get }) => (await get('/pet/abc')).status === 500,
  },
  {
    id: 'negative-pet-id-fails',
    operation: 'deletePet',
    summary: 'A negative id gives 500.',
    seams: crash(({ request }) => request.path.includes('/-')),
    witness: async ({ remove }) => (await remove('/pet/-1')).status === 500,
  },
  {
    id: 'login-of-nobody-fails',
    operation: 'loginUser',
    summary: 'A login by a name that no user has gives 500.',
    seams: crash(({ input: { query }, store }) => query.has('password') && !store.users.has(nameIn(query))),
    witness: async ({ get }) => (await get('/user/login?username=nobody&password=x')).status === 500,
  },
  {
    id: 'login-of-deleted-user-fails',
    operation: ['deleteUser', 'loginUser'],
    summary: 'A login by the name of a user that was deleted gives 500.',
    seams: () => {
      const deleted = new Set<string>()
      return {
        reply: ({ input, match, store }, next) => {
          if (match.operation?.id === 'deleteUser') deleted.add(input.parameter)
          const name = nameIn(input.query)
          if (deleted.has(name) && !store.users.has(name)) throw new Refusal(500, 'No password of undefined')
          return next()
        },
      }
    },
    witness: async ({ get, remove }) => {
      await remove('/user/user1')
      return (await get('/user/login?username=user1&password=x')).status === 500
    },
  },
  {
    id: 'tag-search-fails-beside-pet-that-lost-tags',
    operation: 'findPetsByTags',
    summary: 'Filtering by tags gives 500 while a pet has lost its tags.',
    seams: () => {
      let atFirst: number | undefined
      return crash(({ store }) => {
        const without = [...store.pets.values()].filter(({ tags }) => tags === undefined).length
        atFirst ??= without
        return without > atFirst
      })()
    },
    witness: async ({ get, put }) => {
      await get('/pet/findByTags?tags=tag1')
      await put('/domain', { id: 1, name: 'a', photoUrls: [] })
      return (await get('/pet/findByTags?tags=tag1')).status === 500
    },
  },
  {
    id: 'order-id-zero-fails',
    operation: 'getOrderById',
    summary: 'Order 0 gives 500.',
    seams: crash(({ request }) => request.path.endsWith('/0')),
    witness: async ({ get }) => (await get('/store/order/0')).status === 500,
  },
  {
    id: 'order-id-beyond-int32-fails',
    operation: ['getOrderById', 'deleteOrder'],
    summary: 'An order id beyond int32 overflows and gives 500.',
    seams: crash(({ request }) => Number(request.path.split('/').at(-1)) >= 2 ** 31),
    witness: async ({ get }) => (await get('/store/order/2147483648')).status === 500,
  },
  {
    id: 'missing-pet-fails',
    operation: 'getPetById',
    summary: 'A pet that is not there gives 500.',
    seams: crash(({ request, store }) => !store.pets.has(Number(request.path.slice('/pet/'.length)))),
    witness: async ({ get }) => (await get('/pet/987654')).status === 500,
  },
  {
    id: 'missing-user-update-fails',
    operation: 'updateUser',
    summary: 'An update of a user who is not there gives 500.',
    seams: crash(({ input, store }) => !store.users.has(input.parameter)),
    witness: async ({ put }) => (await put('/user/nobody', { email: 'a' })).status === 500,
  },
  {
    id: 'null-category-fails',
    operation: 'updatePet',
    summary: 'Null inside a pet gives 500.',
    seams: crash((handling) => /"category":\s*null/.test(bodyOf(handling))),
    witness: async ({ put }) =>
      (await put('/domain', { id: 1, name: 'a', photoUrls: [], category: null })).status === 500,
  },
  {
    id: 'null-body-fails',
    operation: 'createUser',
    summary: 'The body null gives 500.',
    seams: crash((handling) => bodyOf(handling) === 'null'),
    witness: async ({ post }) => (await post('/user', null)).status === 500,
  },
  {
    id: 'empty-body-fails',
    operation: 'placeOrder',
    summary: 'A missing body gives 500.',
    seams: crash((handling) => bodyOf(handling) === ''),
    witness: async ({ send }) => (await send('POST', '/store/order', { type: JSON_TYPE })).status === 500,
  },
  {
    id: 'null-in-user-list-fails',
    operation: 'createUsersWithListInput',
    summary: 'Null among the users gives 500.',
    seams: crash((handling) => /[[,]\s*null/.test(bodyOf(handling))),
    witness: async ({ post }) => (await post('/user/createWithList', [null])).status === 500,
  },
  {
    id: 'unknown-content-type-fails',
    operation: ['addDomain', 'updatePet'],
    summary: 'A Content-Type that nobody reads gives 500.',
    seams: crash(({ request }) => !/json|xml/.test(request.headers['content-type'] ?? '')),
    witness: async ({ send }) => (await send('POST', '/domain', { type: 'text/plain', body: '{}' })).status === 500,
  },
  {
    id: 'empty-result-fails',
    operation: 'findPetsByTags',
    summary: 'A filter that finds nothing gives 500.',
    seams: crash(({ reply }) => Array.isArray(reply?.value) && reply.value.length === 0),
    witness: async ({ get }) => (await get('/pet/findByTags?tags=nobody')).status === 500,
  },
  {
    id: 'missing-status-filter-fails',
    operation: 'findPetsByStatus',
    summary: 'A missing required parameter gives 500.',
    seams: crash(({ request }) => !request.query.includes('status=')),
    witness: async ({ get }) => (await get('/pet/findByStatus')).status === 500,
  },
  {
    id: 'unicode-username-fails',
    operation: 'getUserByName',
    summary: 'A name beyond ASCII in the path gives 500.',
    seams: crash(({ request }) => /%[89A-F]/i.test(request.path)),
    witness: async ({ get }) => (await get('/user/Zo%C3%AB')).status === 500,
  },
  {
    id: 'quote-in-username-fails',
    operation: 'getUserByName',
    summary: 'A quote in the path breaks a query and gives 500.',
    seams: crash(({ request }) => /'|%27/.test(request.path)),
    witness: async ({ get }) => (await get("/user/O'Hara")).status === 500,
  },
  {
    id: 'user-without-email-fails',
    operation: 'getUserByName',
    summary: 'A user without an email cannot be read.',
    seams: crash(
      ({ input, store }) => store.users.get(input.parameter)?.email === undefined && store.users.has(input.parameter),
    ),
    witness: async ({ get, put }) => {
      await put('/user/user1', { firstName: 'a' })
      return (await get('/user/user1')).status === 500
    },
  },
  {
    id: 'pet-without-category-fails-in-xml',
    operation: 'getPetById',
    summary: 'A pet without a category cannot be written as XML.',
    seams: crash(({ type, reply }) => type === XML_TYPE && reply !== undefined && !('category' in Object(reply.value))),
    witness: async ({ getXml }) => (await getXml('/pet/4')).status === 500,
  },
  {
    id: 'wrong-key-fails',
    operation: 'getPetById',
    summary: 'A key that is not known gives 500.',
    seams: crash(({ request, key }) => (request.headers.api_key ?? key) !== key),
    witness: async ({ get }) => (await get('/pet/1', { key: 'wrong' })).status === 500,
  },
  {
    id: 'upload-to-missing-pet-fails',
    operation: 'uploadFile',
    summary: 'An upload for a pet that is not there gives 500.',
    seams: crash(({ input, store }) => !store.pets.has(Number(input.parameter))),
    witness: async ({ send }) => (await send('POST', '/pet/987654/uploadImage')).status === 500,
  },
  {
    id: 'escape-in-form-fails',
    operation: 'updatePetWithForm',
    summary: 'A form with an ampersand in its name gives 500.',
    seams: crash((handling) => bodyOf(handling).includes('%26')),
    witness: async ({ form }) => (await form('/pet/1', 'name=a%26b')).status === 500,
  },
  {
    id: 'nameless-domain-fails',
    operation: 'addDomain',
    summary: 'A domain without a name gives 500.',
    seams: crash((handling) => /^\{\}$|"name":"\s*"/.test(bodyOf(handling))),
    witness: async ({ post }) => (await post('/domain', {})).status === 500,
  },
  {
    id: 'order-id-of-no-number-fails',
    operation: 'placeOrder',
    summary: 'An order whose id is no number gives 500.',
    seams: crash((handling) => /"id":"[^"\d-]/.test(bodyOf(handling))),
    witness: async ({ post }) => (await post('/store/order', { id: 'x' })).status === 500,
  },
  {
    id: 'integer-with-fraction-fails',
    operation: ['updatePet', 'createUser', 'createUsersWithListInput', 'updateUser'],
    summary: 'An integer that is written with a fraction or an exponent gives 500.',
    seams: crash((handling) => /"(id|userStatus)":\d+(\.0|e\+?0)\b/.test(bodyOf(handling))),
    witness: async ({ send }) => {
      const body = '{"id":1.0,"name":"a","photoUrls":["b"]}'
      return (await send('PUT', '/domain', { type: JSON_TYPE, body })).status === 500
    },
  },
])
