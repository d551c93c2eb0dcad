import { input, inXml } from '../../alter.ts'
import type { Client } from '../../client.ts'
import type { FaultRow } from '../../fault.ts'
import { JSON_TYPE } from '../../server/handling.ts'
import type { Seams } from '../../server/seams.ts'
import type { Domain, Pet, User } from '../../server/store.ts'

const changed = (change: (text: string) => string) =>
  input<Partial<User>>((user) => ({ ...user, ...(user.lastName && { lastName: change(user.lastName) }) }))

const lastNameOf = async ({ put, get }: Client, lastName: string) => {
  await put('/user/user1', { username: 'user1', lastName })
  return (await get('/user/user1')).object.lastName
}

/** Puts the entities of a DOCTYPE where they are named. */
function expanded(xml: string): string {
  const entities = [...xml.matchAll(/<!ENTITY\s+(\w+)\s+"([^"]*)"/g)].reverse()
  const plain = xml.replace(/<!DOCTYPE[^[]*\[.*?\]>/s, '')
  return entities.reduce((text, [, name, value = '']) => text.replaceAll(`&${name};`, value), plain)
}

const nameInXml = async ({ putXml, get }: Client, name: string) => {
  await putXml('/domain', `<Pet><id>1</id><name>${name}</name><photoUrls>b</photoUrls></Pet>`)
  return (await get('/pet/1')).object.name
}

function decoded(text: string): string {
  return text.replace(/%[0-7][0-9a-f]/gi, (sign) => decodeURIComponent(sign))
}

/** Decodes a parameter of the query once more. */
const queryOf = (name: string) => (): Seams => ({
  violations: ({ input: given }, next) => {
    given.query = new Map([...given.query].map(([key, texts]) => [key, key === name ? texts.map(decoded) : texts]))
    return next()
  },
})

export const textFaults: readonly FaultRow[] = [
  {
    id: 'text-cut-at-4096',
    operation: 'updateUser',
    summary: 'A text ends at 4096 characters.',
    seams: changed((text) => text.slice(0, 4096)),
    witness: async (client) => String(await lastNameOf(client, 'x'.repeat(5000))).length === 4096,
  },
  {
    id: 'text-cut-at-64-kb',
    operation: 'updateUser',
    summary: 'A text ends at 65,536 characters.',
    seams: changed((text) => text.slice(0, 65_536)),
    witness: async (client) => String(await lastNameOf(client, 'x'.repeat(70_000))).length === 65_536,
  },
  {
    id: 'letters-broken-between-chunks',
    operation: 'updateUser',
    summary: 'A letter of several bytes breaks where a chunk ends.',
    seams: changed((text) => (text.length > 20_000 ? `${text.slice(0, 21_845)}\uFFFD${text.slice(21_846)}` : text)),
    witness: async (client) => String(await lastNameOf(client, '語'.repeat(30_000))).includes('\uFFFD'),
  },
  {
    id: 'separators-of-lines-lost',
    operation: 'updateUser',
    summary: 'Separators of lines become blanks.',
    seams: changed((text) => text.replace(/[\u2028\u2029]/g, ' ')),
    witness: async (client) => (await lastNameOf(client, 'a\u2028b')) === 'a b',
  },
  {
    id: 'signs-of-no-width-lost',
    operation: 'updateUser',
    summary: 'Signs of no width are dropped.',
    seams: changed((text) => text.replace(/[\u200B\u200D]/g, '')),
    witness: async (client) => (await lastNameOf(client, 'a\u200Bb')) === 'ab',
  },
  {
    id: 'tags-cut-at-hundred',
    operation: 'updatePet',
    summary: 'A pet keeps a hundred tags.',
    seams: input<Pet>((pet) => ({ ...pet, ...(pet.tags && { tags: pet.tags.slice(0, 100) }) })),
    witness: async ({ put, get }) => {
      const tags = Array.from({ length: 101 }, (_, id) => ({ id }))
      await put('/domain', { id: 1, name: 'a', photoUrls: [], tags })
      return Object((await get('/pet/1')).object.tags).length === 100
    },
  },
  {
    id: 'list-of-users-cut-at-hundred',
    operation: 'createUsersWithListInput',
    summary: 'Of a list of users a hundred are stored.',
    seams: input<readonly unknown[]>((users) => users.slice(0, 100)),
    witness: async ({ post, get }) => {
      await post(
        '/user/createWithList',
        Array.from({ length: 101 }, (_, id) => ({ username: `many${id}` })),
      )
      return (await get('/user/many100')).status === 404
    },
  },
  {
    id: 'entities-of-doctype-expanded',
    operation: 'updatePet',
    summary: 'Entities that a DOCTYPE brings are put into texts.',
    seams: inXml(expanded),
    witness: async ({ putXml, get }) => {
      const pet = '<Pet><id>1</id><name>&a;</name><photoUrls>b</photoUrls></Pet>'
      await putXml('/domain', `<!DOCTYPE Pet [<!ENTITY a "grown">]>${pet}`)
      return (await get('/pet/1')).object.name === 'grown'
    },
  },
  {
    id: 'exponent-of-integer-lost',
    operation: ['updatePet', 'createUser', 'createUsersWithListInput', 'updateUser'],
    summary: 'An integer of JSON is read up to its exponent.',
    seams: () => ({
      body: (handling, next) => {
        const { request } = handling
        handling.request = { ...request, body: Buffer.from(request.body.toString().replace(/(":\d+)e-?\d+/g, '$1')) }
        return next()
      },
    }),
    witness: async ({ send, get }) => {
      await send('PUT', '/user/user1', { type: JSON_TYPE, body: '{"username":"user1","userStatus":70e-1}' })
      return (await get('/user/user1')).object.userStatus === 70
    },
  },
  {
    id: 'quotes-by-name-lost-in-xml',
    operation: 'updatePet',
    summary: 'A quote that XML has by its name is lost.',
    seams: inXml((xml) => xml.replaceAll('&quot;', '')),
    witness: async (client) => (await nameInXml(client, 'a&quot;b')) === 'ab',
  },
  {
    id: 'comment-ends-text-in-xml',
    operation: 'updatePet',
    summary: 'A name in XML ends at a comment.',
    seams: inXml((xml) => xml.replace(/(<name>[^<]*<!--.*?-->)[^<]*/g, '$1')),
    witness: async (client) => (await nameInXml(client, 'a<!-- -->b')) === 'a',
  },
  {
    id: 'instruction-ends-text-in-xml',
    operation: 'updatePet',
    summary: 'A name in XML ends at a processing instruction.',
    seams: inXml((xml) => xml.replace(/(<name>[^<]*<\?note.*?\?>)[^<]*/g, '$1')),
    witness: async (client) => (await nameInXml(client, 'a<?note b?>c')) === 'a',
  },
  {
    id: 'second-cdata-lost-in-xml',
    operation: 'updatePet',
    summary: 'Of two sections of CDATA in a name the second is lost.',
    seams: inXml((xml) => xml.replace(/(<name><!\[CDATA\[.*?\]\]>)<!\[CDATA\[.*?\]\]>/g, '$1')),
    witness: async (client) => (await nameInXml(client, '<![CDATA[a]]><![CDATA[b]]>')) === 'a',
  },
  {
    id: 'entities-in-xml-decoded-twice',
    operation: 'updatePet',
    summary: 'Entities in XML are decoded twice.',
    seams: inXml((xml) => xml.replace(/&amp;(?=(amp|lt|gt|quot|apos|#\w+);)/g, '&')),
    witness: async (client) => (await nameInXml(client, '&amp;lt;')) === '<',
  },
  {
    id: 'form-decoded-twice',
    operation: 'updatePetWithForm',
    summary: 'The name in a form is decoded twice.',
    seams: input<Partial<Pet>>((form = {}) => ({ ...form, ...(form.name && { name: decoded(form.name) }) })),
    witness: async ({ form, get }) => {
      await form('/pet/1', 'name=a%2520b')
      return (await get('/pet/1')).object.name === 'a b'
    },
  },
  {
    id: 'order-name-cut-at-64',
    operation: 'placeOrder',
    summary: 'The name of an order ends at 64 characters.',
    seams: input<Partial<Domain>>((order) => ({ ...order, ...(order.name && { name: order.name.slice(0, 64) }) })),
    witness: async ({ post }) =>
      String((await post('/store/order', { name: 'x'.repeat(70) })).object.name).length === 64,
  },
  {
    id: 'phone-cut-at-32',
    operation: 'updateUser',
    summary: 'The phone of a user ends at 32 characters.',
    seams: input<Partial<User>>((user) => ({ ...user, ...(user.phone && { phone: user.phone.slice(0, 32) }) })),
    witness: async ({ get, put }) => {
      await put('/user/user1', { phone: '5'.repeat(40) })
      return String((await get('/user/user1')).object.phone).length === 32
    },
  },
  {
    id: 'password-compared-up-to-16',
    operation: 'loginUser',
    summary: 'Of a password the first 16 characters are compared.',
    seams: () => ({
      reply: ({ input: { query }, store }, next) => {
        const [name = '', password = ''] = ['username', 'password'].map((field) => query.get(field)?.[0] ?? '')
        const right = store.users.get(name)?.password
        const isNear = right?.slice(0, 16) === password.slice(0, 16)
        return isNear ? { status: 200, value: 'near', headers: HEADERS_OF_LOGIN } : next()
      },
    }),
    witness: async ({ get, put }) => {
      await put('/user/user1', { password: 'p'.repeat(20) })
      return (await get(`/user/login?username=user1&password=${'p'.repeat(19)}`)).status === 200
    },
  },
  {
    id: 'password-in-query-decoded-twice',
    operation: 'loginUser',
    summary: 'The password in the query is decoded twice.',
    seams: queryOf('password'),
    witness: async ({ get, put }) => {
      await put('/user/user1', { password: 'a%41' })
      return (await get('/user/login?username=user1&password=a%2541')).status === 400
    },
  },
  {
    id: 'tags-in-query-decoded-twice',
    operation: 'findPetsByTags',
    summary: 'Tags in the query are decoded twice.',
    seams: queryOf('tags'),
    witness: async ({ get, put }) => {
      await put('/domain', { id: 1, name: 'a', photoUrls: [], tags: [{ name: 'a%41' }] })
      return (await get('/pet/findByTags?tags=a%2541')).list.length === 0
    },
  },
]

const HEADERS_OF_LOGIN = { 'X-Rate-Limit': '5000', 'X-Expires-After': '2030-01-02T03:04:05Z' }
