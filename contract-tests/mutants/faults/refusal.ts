import { inXml, lenient } from '../alter.ts'
import { inArea } from '../fault.ts'
import { isRecord } from '../server/check.ts'
import { type Handling, JSON_TYPE, Refusal, XML_TYPE } from '../server/handling.ts'
import type { Seams } from '../server/seams.ts'

const PET = { id: 1, name: 'a', photoUrls: ['b'] }
const putPet = (change: object) => ({ ...PET, ...change })

/** Reads a body that cannot be read as something else. */
const reading =
  (instead: (handling: Handling) => unknown): (() => Seams) =>
  () => ({
    body: (handling, next) => {
      try {
        return next()
      } catch (error) {
        if (error instanceof Refusal && error.status !== 415) return instead(handling)
        throw error
      }
    },
  })

/** Changes the decoded body before it is validated. */
const coercing =
  (change: (body: unknown) => unknown): (() => Seams) =>
  () => ({ body: (_handling, next) => change(next()) })

const toText = (value: unknown) => (typeof value === 'number' ? String(value) : value)
const toNumber = (value: unknown) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value)
const toInteger = (value: unknown) => (typeof value === 'number' ? Math.trunc(value) : value)
const toList = (value: unknown) => (Array.isArray(value) ? value : [value])
const toBoolean = (value: unknown) => (typeof value === 'string' ? value === 'true' : value)

/** Changes one field of the decoded body, if it is there, before it is validated. */
const coercingField = (name: string, change: (value: unknown) => unknown) =>
  coercing((body) => (isRecord(body) && name in body ? { ...body, [name]: change(body[name]) } : body))

/** Reads the id in the path in a generous way; what gives no number is refused as ever. */
const parsingId =
  (read: (text: string) => number): (() => Seams) =>
  () => ({
    violations: ({ input }, next) => {
      const id = read(input.parameter)
      if (Number.isNaN(id)) return next()
      input.parameter = String(id)
      return []
    },
  })

const xmlPet = '<Pet><id>1</id><name>a</name><photoUrls>b</photoUrls></Pet>'

/** Invalid requests that are taken for valid. */
export const refusalFaults = inArea('refusal', [
  {
    id: 'other-end-tag-accepted',
    operation: 'updatePet',
    summary: 'An element of XML may be closed by another end tag.',
    seams: inXml((xml) => xml.replace(/<\/pet>/i, '</Pet>')),
    witness: async ({ putXml }) => (await putXml('/domain', xmlPet.replace('</Pet>', '</pet>'))).status === 200,
  },
  {
    id: 'bare-ampersand-accepted',
    operation: 'updatePet',
    summary: 'An ampersand in XML that begins no reference is taken as it is.',
    seams: inXml((xml) => (xml.includes('<![CDATA[') ? xml : xml.replace(/&(?!\w+;|#)/g, '&amp;'))),
    witness: async ({ putXml }) => (await putXml('/domain', xmlPet.replace('>a<', '>a & b<'))).status === 200,
  },
  {
    id: 'list-as-id-accepted',
    operation: 'updatePet',
    summary: 'A list of one integer is taken for the id of a pet.',
    seams: coercingField('id', (id) => (Array.isArray(id) && id.length === 1 ? id[0] : id)),
    witness: async ({ put }) => (await put('/domain', putPet({ id: [1] }))).status === 200,
  },
  {
    id: 'object-as-boolean-accepted',
    operation: 'placeOrder',
    summary: 'An object is taken for true.',
    seams: coercingField('active', (active) => isRecord(active) || active),
    witness: async ({ post }) => (await post('/store/order', { active: {} })).status === 200,
  },
  {
    id: 'pet-without-name-accepted',
    operation: 'updatePet',
    summary: 'A pet without its required name is stored.',
    seams: lenient((pointer) => pointer === '/name'),
    witness: async ({ put }) => (await put('/domain', { id: 1, photoUrls: [] })).status === 200,
  },
  {
    id: 'pet-without-photos-accepted',
    operation: 'updatePet',
    summary: 'A pet without its required photoUrls is stored.',
    seams: lenient((pointer) => pointer === '/photoUrls'),
    witness: async ({ put }) => (await put('/domain', { id: 1, name: 'a' })).status === 200,
  },
  {
    id: 'null-for-pet-name-accepted',
    operation: 'updatePet',
    summary: 'Null is stored for a required string.',
    seams: coercingField('name', (name) => name ?? ''),
    witness: async ({ put }) => (await put('/domain', putPet({ name: null }))).status === 200,
  },
  {
    id: 'unknown-pet-status-accepted',
    operation: 'updatePet',
    summary: 'A status outside the enum is stored.',
    seams: lenient((pointer) => pointer === '/status'),
    witness: async ({ put }) => (await put('/domain', putPet({ status: 'lost' }))).status === 200,
  },
  {
    id: 'pet-status-in-capitals-accepted',
    operation: 'updatePet',
    summary: 'A status in other letters counts as the documented one.',
    seams: coercingField('status', (status) => String(status).toLowerCase()),
    witness: async ({ put }) => (await put('/domain', putPet({ status: 'Sold' }))).status === 200,
  },
  {
    id: 'number-for-pet-name-accepted',
    operation: 'updatePet',
    summary: 'A number is stored for a name.',
    seams: coercingField('name', toText),
    witness: async ({ put }) => (await put('/domain', putPet({ name: 7 }))).status === 200,
  },
  {
    id: 'text-for-pet-id-accepted',
    operation: 'updatePet',
    summary: 'A string of digits is accepted for the id.',
    seams: coercingField('id', toNumber),
    witness: async ({ put }) => (await put('/domain', putPet({ id: '1' }))).status === 200,
  },
  {
    id: 'text-for-photos-accepted',
    operation: 'updatePet',
    summary: 'A string is accepted for a list of strings.',
    seams: coercingField('photoUrls', toList),
    witness: async ({ put }) => (await put('/domain', putPet({ photoUrls: 'a' }))).status === 200,
  },
  {
    id: 'number-among-photos-accepted',
    operation: 'updatePet',
    summary: 'Items of a list are not looked at.',
    seams: lenient((pointer) => /^\/photoUrls\/\d/.test(pointer)),
    witness: async ({ put }) => (await put('/domain', putPet({ photoUrls: [7] }))).status === 200,
  },
  {
    id: 'text-for-tag-id-accepted',
    operation: 'updatePet',
    summary: 'Fields inside tags are not looked at.',
    seams: lenient((pointer) => /^\/tags\/\d/.test(pointer)),
    witness: async ({ put }) => (await put('/domain', putPet({ tags: [{ id: 'x' }] }))).status === 200,
  },
  {
    id: 'list-for-category-accepted',
    operation: 'updatePet',
    summary: 'A list is accepted for an object.',
    seams: lenient((pointer) => pointer === '/category'),
    witness: async ({ put }) => (await put('/domain', putPet({ category: [] }))).status === 200,
  },
  {
    id: 'list-for-pet-accepted',
    operation: 'updatePet',
    summary: 'A list of one pet is accepted for a pet.',
    seams: coercing((body) => (Array.isArray(body) ? body[0] : body)),
    witness: async ({ put }) => (await put('/domain', [PET])).status === 200,
  },
  {
    id: 'xml-pet-without-name-accepted',
    operation: 'updatePet',
    summary: 'Required elements are not missed in XML.',
    seams: () => ({
      violations: ({ request }, next) =>
        next().filter(({ pointer }) => pointer !== '/name' || request.headers['content-type'] !== XML_TYPE),
    }),
    witness: async ({ putXml }) => (await putXml('/domain', '<Pet><id>1</id></Pet>')).status === 200,
  },
  {
    id: 'malformed-xml-accepted',
    operation: 'updatePet',
    summary: 'XML that ends too early is accepted.',
    seams: reading(({ request }) => (request.headers['content-type'] === JSON_TYPE ? undefined : PET)),
    witness: async ({ putXml }) => (await putXml('/domain', '<Pet><id>1</id><name>a')).status === 200,
  },
  {
    id: 'malformed-json-accepted',
    operation: ['updateUser', 'placeOrder'],
    summary: 'JSON that cannot be read counts as an empty object.',
    seams: reading(() => ({})),
    witness: async ({ send }) =>
      (await send('PUT', '/user/user1', { type: JSON_TYPE, body: '{"email":' })).status === 200,
  },
  {
    id: 'unacceptable-order-stored',
    operation: 'placeOrder',
    summary: 'An order that is refused with 406 is stored.',
    seams: () => {
      let isAcceptable = true
      return {
        type: (_handling, next) => {
          const type = next()
          isAcceptable = type !== undefined
          return type ?? JSON_TYPE
        },
        reply: (_handling, next) => {
          const reply = next()
          if (!isAcceptable) throw new Refusal(406, 'Accept JSON or XML.')
          return reply
        },
      }
    },
    witness: async ({ send, get }) => {
      const body = JSON.stringify({ id: '4711', name: 'a.example' })
      await send('POST', '/store/order', { type: JSON_TYPE, body, accept: 'image/png' })
      return (await get('/store/order/4711')).status === 200
    },
  },
  {
    id: 'text-after-json-accepted',
    operation: 'placeOrder',
    summary: 'What follows the JSON is not looked at.',
    seams: reading(({ request }) => JSON.parse(/^\{[^{}]*\}/.exec(request.body.toString())?.[0] ?? 'null')),
    witness: async ({ send }) => (await send('POST', '/store/order', { type: JSON_TYPE, body: '{}}' })).status === 200,
  },
  {
    id: 'wrong-content-type-accepted',
    operation: ['createUser', 'updateUser', 'placeOrder', 'addDomain', 'updatePet'],
    summary: 'A body is read as JSON whatever its Content-Type says.',
    seams: () => ({
      body: (handling, next) => {
        const { headers } = handling.request
        const isXml = headers['content-type']?.includes('xml')
        if (!isXml) handling.request = { ...handling.request, headers: { ...headers, 'content-type': JSON_TYPE } }
        return next()
      },
    }),
    witness: async ({ send }) =>
      (await send('PUT', '/user/user1', { type: 'text/plain', body: '{"email":"a"}' })).status === 200,
  },
  {
    id: 'missing-body-accepted',
    operation: ['updateUser', 'placeOrder'],
    summary: 'A required body may be missing.',
    seams: () => ({ body: ({ request }, next) => (request.body.length === 0 ? {} : next()) }),
    witness: async ({ send }) => (await send('PUT', '/user/user1', { type: JSON_TYPE, body: '' })).status === 200,
  },
  {
    id: 'null-for-order-accepted',
    operation: 'placeOrder',
    summary: 'Null is accepted for an object.',
    seams: coercing((order) => (order === null ? {} : order)),
    witness: async ({ post }) => (await post('/store/order', null)).status === 200,
  },
  {
    id: 'text-for-active-accepted',
    operation: 'placeOrder',
    summary: 'A string is accepted for a boolean.',
    seams: coercingField('active', toBoolean),
    witness: async ({ post }) => (await post('/store/order', { active: 'true' })).status === 200,
  },
  {
    id: 'unknown-order-status-accepted',
    operation: 'placeOrder',
    summary: 'An order keeps a status outside the enum.',
    seams: lenient((pointer) => pointer === '/status'),
    witness: async ({ post }) => (await post('/store/order', { status: 'placed' })).status === 200,
  },
  {
    id: 'number-for-domain-name-accepted',
    operation: 'addDomain',
    summary: 'A number is accepted for the name of a domain.',
    seams: coercingField('name', toText),
    witness: async ({ post }) => (await post('/domain', { name: 7 })).status === 200,
  },
  {
    id: 'user-status-beyond-int32-accepted',
    operation: 'updateUser',
    summary: 'An int32 may be any number.',
    seams: lenient((pointer) => pointer === '/userStatus'),
    witness: async ({ put }) => (await put('/user/user1', { userStatus: 2 ** 31 })).status === 200,
  },
  {
    id: 'fraction-for-user-id-accepted',
    operation: 'createUser',
    summary: 'A fraction is accepted for an integer and cut off.',
    seams: coercingField('id', toInteger),
    witness: async ({ post }) => (await post('/user', { username: 'a', id: 1.5 })).status === 200,
  },
  {
    id: 'object-for-user-list-accepted',
    operation: 'createUsersWithListInput',
    summary: 'One user is accepted for a list of users.',
    seams: coercing((body) => toList(body)),
    witness: async ({ post }) => (await post('/user/createWithList', { username: 'a' })).status === 200,
  },
  {
    id: 'later-users-of-list-unchecked',
    operation: 'createUsersWithListInput',
    summary: 'Only the first user of a list is looked at.',
    seams: lenient((pointer) => /^\/[1-9].*\/(email|phone|firstName|lastName|password)$/.test(pointer)),
    witness: async ({ post }) =>
      (await post('/user/createWithList', [{ username: 'a' }, { username: 'b', email: 1 }])).status === 200,
  },
  {
    id: 'updated-user-unchecked',
    operation: 'updateUser',
    summary: 'What creation refuses an update accepts.',
    seams: lenient((pointer) => pointer !== ''),
    witness: async ({ put }) => (await put('/user/user1', { email: 1 })).status === 200,
  },
  {
    id: 'unknown-status-in-filter-accepted',
    operation: 'findPetsByStatus',
    summary: 'A status outside the enum finds nothing instead of being refused.',
    seams: lenient(),
    witness: async ({ get }) => (await get('/pet/findByStatus?status=lost')).status === 200,
  },
  {
    id: 'second-status-in-filter-unchecked',
    operation: 'findPetsByStatus',
    summary: 'Only the first status of a list is looked at.',
    seams: () => ({
      violations: ({ request }, next) => (/status=(sold|pending|available),/.test(request.query) ? [] : next()),
    }),
    witness: async ({ get }) => (await get('/pet/findByStatus?status=sold,lost')).status === 200,
  },
  {
    id: 'missing-tags-accepted',
    operation: 'findPetsByTags',
    summary: 'The required parameter may be missing.',
    seams: lenient(),
    witness: async ({ get }) => (await get('/pet/findByTags')).status === 200,
  },
  {
    id: 'login-without-password-accepted',
    operation: 'loginUser',
    summary: 'A login needs no password.',
    seams: () => ({
      violations: ({ input }, next) => {
        const isMissing = !input.query.has('password')
        if (isMissing) input.query = new Map([...input.query, ['password', ['none']]])
        return isMissing ? [] : next()
      },
    }),
    witness: async ({ get }) => (await get('/user/login?username=new')).status === 200,
  },
  {
    id: 'login-with-wrong-password-accepted',
    operation: 'loginUser',
    summary: 'Any password opens any account.',
    seams: () => ({
      reply: (handling, next) => {
        const [username = ''] = handling.input.query.get('username') ?? []
        const password = handling.store.users.get(username)?.password ?? 'any'
        handling.input.query = new Map([...handling.input.query, ['password', [password]]])
        return next()
      },
    }),
    witness: async ({ get }) => (await get('/user/login?username=user1&password=wrong')).status === 200,
  },
  {
    id: 'pet-id-with-text-accepted',
    operation: 'getPetById',
    summary: 'Text after the digits of an id is not looked at.',
    seams: parsingId((text) => Number.parseInt(text, 10)),
    witness: async ({ get }) => (await get('/pet/1abc')).status === 200,
  },
  {
    id: 'order-id-with-fraction-accepted',
    operation: ['getOrderById', 'deleteOrder'],
    summary: 'The fraction of an id is cut off.',
    seams: parsingId((text) => Math.trunc(Number(text))),
    witness: async ({ get }) => (await get('/store/order/1.5')).status === 200,
  },
  {
    id: 'negative-order-id-accepted',
    operation: 'deleteOrder',
    summary: 'A negative id is said to be deleted.',
    seams: () => ({
      answer: (handling, next) => {
        const answer = next()
        return handling.request.path.includes('/-') ? { ...answer, status: 200, body: Buffer.alloc(0) } : answer
      },
    }),
    witness: async ({ remove }) => (await remove('/store/order/-1')).status === 200,
  },
  {
    id: 'status-under-any-name-accepted',
    operation: 'findPetsByStatus',
    summary: 'The required parameter is read from one of any name.',
    seams: () => ({
      violations: ({ input }, next) => {
        const [first] = input.query.values()
        if (first && !input.query.has('status')) input.query = new Map([['status', first]])
        return next()
      },
    }),
    witness: async ({ get }) => (await get('/pet/findByStatus?state=sold')).status === 200,
  },
])
