import { after, alterPet, crash, input, refuse, success, value, withHeaders, without } from '../alter.ts'
import type { Fault } from '../fault.ts'
import { inArea } from '../fault.ts'
import { Refusal, XML_TYPE } from '../server/exchange.ts'
import { itemsOf } from '../server/query.ts'
import type { Domain, Pet, User } from '../server/store.ts'

const ALL = '/pet/findByStatus?status=available,pending,sold'
const UPLOAD = '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n\u0080\r\n--b--\r\n'

const photos = (count: number) => Array.from({ length: count }, (_, index) => `photo ${index}`)

/** Faults that show on some records only: of one status, with many parts, with none, at a boundary. */
export const someRecordsFaults: readonly Fault[] = [
  ...inArea('schema', [
    {
      id: 'sold-pet-id-is-text',
      operation: 'getPetById',
      summary: 'The id of a sold pet is a string, when it is read alone.',
      seams: value<Pet>((pet) => (pet.status === 'sold' ? { ...pet, id: String(pet.id) } : pet)),
      witness: async ({ get }) =>
        (await Promise.all([1, 2, 3].map((id) => get(`/pet/${id}`)))).some(
          ({ object }) => typeof object.id === 'string',
        ),
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
  ]),
  ...inArea('acceptance', [
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
  ]),
  ...inArea('server-error', [
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
  ]),
  ...inArea('read-back', [
    {
      id: 'tags-sorted-by-id',
      operation: 'updatePet',
      summary: 'The order of tags is lost.',
      seams: input<Pet>((pet) => ({
        ...pet,
        ...(pet.tags && { tags: pet.tags.toSorted((a, b) => (a.id ?? 0) - (b.id ?? 0)) }),
      })),
      witness: async ({ get, put }) => {
        await put('/domain', { id: 1, name: 'a', photoUrls: [], tags: [{ id: 2 }, { id: 1 }] })
        return (await get('/pet/1')).text.includes('[{"id":1},{"id":2}]')
      },
    },
    {
      id: 'equal-tags-merged',
      operation: 'updatePet',
      summary: 'Tags of the same name are kept once.',
      seams: input<Pet>((pet) => ({
        ...pet,
        ...(pet.tags && {
          tags: pet.tags.filter(({ name }, index, all) => all.findIndex((tag) => tag.name === name) === index),
        }),
      })),
      witness: async ({ get, put }) => {
        await put('/domain', {
          id: 1,
          name: 'a',
          photoUrls: [],
          tags: [
            { id: 7, name: 'x' },
            { id: 8, name: 'x' },
          ],
        })
        return !(await get('/pet/1')).text.includes('{"id":8')
      },
    },
    {
      id: 'photos-cut-at-ten',
      operation: 'updatePet',
      summary: 'No more than ten photos are stored.',
      seams: input<Pet>((pet) => ({ ...pet, photoUrls: pet.photoUrls.slice(0, 10) })),
      witness: async ({ get, put }) => {
        await put('/domain', { id: 1, name: 'a', photoUrls: photos(12) })
        return !(await get('/pet/1')).text.includes('photo 11')
      },
    },
    {
      id: 'tag-id-zero-lost',
      operation: 'updatePet',
      summary: 'The id 0 of a tag is taken for none.',
      seams: input<Pet>((pet) => ({
        ...pet,
        ...(pet.tags && { tags: pet.tags.map((tag) => (tag.id === 0 ? without({ ...tag }, 'id') : tag)) }),
      })),
      witness: async ({ get, put }) => {
        await put('/domain', { id: 1, name: 'a', photoUrls: [], tags: [{ id: 0, name: 'x' }] })
        return (await get('/pet/1')).text.includes('[{"name":"x"}]')
      },
    },
    {
      id: 'category-in-latin1',
      operation: 'updatePet',
      summary: 'The name of a category is stored as if it were ISO 8859-1.',
      seams: input<Pet>(({ category, ...pet }) => ({
        ...pet,
        ...(category && { category: { name: Buffer.from(category.name ?? '').toString('latin1') } }),
      })),
      witness: async ({ get, put }) => {
        await put('/domain', { id: 1, name: 'a', photoUrls: [], category: { name: 'Zoë' } })
        return (await get('/pet/1')).text.includes('ZoÃ«')
      },
    },
    {
      id: 'tag-names-cut-at-64',
      operation: 'updatePet',
      summary: 'The name of a tag is cut at 64 characters.',
      seams: input<Pet>(({ tags, ...pet }) => ({
        ...pet,
        ...(tags && {
          tags: tags.map(({ name, ...tag }) => ({ ...tag, ...(name !== undefined && { name: name.slice(0, 64) }) })),
        }),
      })),
      witness: async ({ get, put }) => {
        await put('/domain', { id: 1, name: 'a', photoUrls: [], tags: [{ name: 'x'.repeat(70) }] })
        return !(await get('/pet/1')).text.includes('x'.repeat(65))
      },
    },
    {
      id: 'text-cut-at-1000',
      operation: ['createUser', 'updateUser'],
      summary: 'A text is cut at 1000 characters.',
      seams: input<User>((user) => ({ ...user, ...(user.lastName && { lastName: user.lastName.slice(0, 1000) }) })),
      witness: async ({ get, put }) => {
        await put('/user/user1', { lastName: 'x'.repeat(1100) })
        return String((await get('/user/user1')).object.lastName).length === 1000
      },
    },
    {
      id: 'xml-request-single-tag-lost',
      operation: 'updatePet',
      summary: 'Of a pet in XML a single tag is not stored.',
      seams: input<Pet>((pet, { request }) =>
        request.headers['content-type']?.startsWith(XML_TYPE) && pet.tags?.length === 1
          ? without({ ...pet }, 'tags')
          : pet,
      ),
      witness: async ({ get, putXml }) => {
        await putXml(
          '/domain',
          '<Pet><id>1</id><name>a</name><photoUrls>b</photoUrls><tags><name>t</name></tags></Pet>',
        )
        return !('tags' in (await get('/pet/1')).object)
      },
    },
    {
      id: 'xml-request-cdata-lost',
      operation: 'updatePet',
      summary: 'CDATA in a pet in XML is not read.',
      seams: input<Pet>((pet, { request }) => (request.body.includes('<name><![CDATA[') ? { ...pet, name: '' } : pet)),
      witness: async ({ get, putXml }) => {
        await putXml('/domain', '<Pet><id>1</id><name><![CDATA[a]]></name><photoUrls>b</photoUrls></Pet>')
        return (await get('/pet/1')).object.name === ''
      },
    },
    {
      id: 'xml-request-by-position',
      operation: 'updatePet',
      summary: 'The elements of a pet in XML count by their place: a name that does not follow the id is lost.',
      seams: input<Pet>((pet, { request }) =>
        /<\/photoUrls>\s*<name>/.test(request.body.toString()) ? { ...pet, name: 'unnamed' } : pet,
      ),
      witness: async ({ get, putXml }) => {
        await putXml('/domain', '<Pet><photoUrls>b</photoUrls><name>a</name><id>1</id></Pet>')
        return (await get('/pet/1')).object.name === 'unnamed'
      },
    },
    {
      id: 'long-username-cut',
      operation: ['createUser', 'createUsersWithListInput'],
      summary: 'A username is cut at 64 characters.',
      seams: input<User | User[]>((body) => {
        const cut = ({ username, ...user }: Partial<User>) => ({
          ...user,
          ...(username && { username: username.slice(0, 64) }),
        })
        return Array.isArray(body) ? body.map(cut) : cut(body)
      }),
      witness: async ({ get, post }) => {
        await post('/user', { username: 'n'.repeat(70) })
        return (await get(`/user/${'n'.repeat(70)}`)).status === 404
      },
    },
    {
      id: 'least-user-status-lost',
      operation: 'createUser',
      summary: 'The least int32 is stored without its sign.',
      seams: input<User>((user) => ({ ...user, ...(user.userStatus === -(2 ** 31) && { userStatus: 2 ** 31 - 1 }) })),
      witness: async ({ get, post }) => {
        await post('/user', { username: 'a', userStatus: -(2 ** 31) })
        return (await get('/user/a')).object.userStatus === 2 ** 31 - 1
      },
    },
    {
      id: 'list-of-users-cut-at-ten',
      operation: 'createUsersWithListInput',
      summary: 'Of a list the first ten users are stored.',
      seams: input<User[]>((users) => users.slice(0, 10)),
      witness: async ({ get, post }) => {
        await post(
          '/user/createWithList',
          photos(12).map((name) => ({ username: name.replace(' ', '') })),
        )
        return (await get('/user/photo11')).status === 404
      },
    },
    {
      id: 'list-of-users-shares-email',
      operation: 'createUsersWithListInput',
      summary: 'A user of a list without an email gets that of the one before.',
      seams: input<User[]>((users) =>
        users.map((user, index) => ({ ...(users[index - 1]?.email && { email: users[index - 1]?.email }), ...user })),
      ),
      witness: async ({ get, post }) => {
        await post('/user/createWithList', [{ username: 'a', email: 'x' }, { username: 'b' }])
        return (await get('/user/b')).object.email === 'x'
      },
    },
  ]),
  ...inArea('refusal', [
    {
      id: 'comma-before-end-accepted',
      operation: ['createUser', 'updateUser', 'updatePet'],
      summary: 'JSON with a comma before its end is read.',
      seams: () => ({
        body: (exchange, next) => {
          const text = exchange.request.body.toString()
          return /,\}$/.test(text) ? JSON.parse(text.replace(/,\}$/, '}')) : next()
        },
      }),
      witness: async ({ send }) =>
        (await send('POST', '/user', { type: 'application/json', body: '{"username":"a",}' })).status === 200,
    },
    {
      id: 'xml-called-json-accepted',
      operation: 'updatePet',
      summary: 'XML is read as such whatever the Content-Type says.',
      seams: () => ({
        body: (exchange, next) => {
          if (exchange.request.body[0] !== 0x3c) return next()
          const id = Number(/<id>(\d+)</.exec(exchange.request.body.toString())?.[1])
          const isJson = exchange.request.headers['content-type'] === 'application/json'
          return isJson ? { id, name: 'read all the same', photoUrls: [] } : next()
        },
      }),
      witness: async ({ send }) =>
        (await send('PUT', '/domain', { type: 'application/json', body: '<Pet><id>1</id></Pet>' })).status === 200,
    },
    {
      id: 'text-for-tag-id-in-xml-accepted',
      operation: 'updatePet',
      summary: 'In XML the ids of tags are not looked at.',
      seams: () => ({
        violations: ({ request }, next) =>
          next().filter(({ pointer }) => request.body[0] !== 0x3c || !pointer.startsWith('/tags')),
      }),
      witness: async ({ putXml }) =>
        (await putXml('/domain', '<Pet><id>1</id><name>a</name><photoUrls>b</photoUrls><tags><id>x</id></tags></Pet>'))
          .status === 200,
    },
    {
      id: 'pet-id-with-exponent-accepted',
      operation: 'getPetById',
      summary: 'An id with an exponent is read as a number.',
      seams: () => ({
        violations: ({ input, match }, next) => {
          if (!/^\d+e\d+$|^0x\d+$/.test(match.parameter ?? '')) return next()
          input.parameter = String(Number(match.parameter))
          return []
        },
      }),
      witness: async ({ get }) => (await get('/pet/1e0')).status === 200,
    },
    {
      id: 'status-in-capitals-in-filter-accepted',
      operation: 'findPetsByStatus',
      summary: 'A status in capitals counts as the documented one.',
      seams: () => ({
        violations: ({ input }, next) => {
          input.query = new Map(
            [...input.query].map(([name, values]) => [name, values.map((text) => text.toLowerCase())]),
          )
          return next()
        },
      }),
      witness: async ({ get }) => (await get('/pet/findByStatus?status=SOLD')).status === 200,
    },
    {
      id: 'number-for-active-accepted',
      operation: 'placeOrder',
      summary: 'A number is accepted for a boolean.',
      seams: () => ({
        violations: ({ input: { body } }, next) =>
          next().filter(({ pointer }) => pointer !== '/active' || typeof Object(body).active !== 'number'),
      }),
      witness: async ({ post }) => (await post('/store/order', { active: 1 })).status === 200,
    },
    {
      id: 'object-for-username-accepted',
      operation: 'createUser',
      summary: 'An object is accepted for a text and stored as [object Object].',
      seams: () => ({
        violations: ({ input }, next) => {
          const { body } = input
          if (body === null || typeof body !== 'object' || Array.isArray(body)) return next()
          const isObject = (child: unknown) => typeof child === 'object' && child !== null && !Array.isArray(child)
          input.body = Object.fromEntries(
            Object.entries(body).map(([name, child]) => [name, isObject(child) ? String(child) : child]),
          )
          return next()
        },
      }),
      witness: async ({ post }) => (await post('/user', { username: 'a', email: {} })).status === 200,
    },
    {
      id: 'true-for-user-id-accepted',
      operation: 'createUser',
      summary: 'A boolean is accepted for an integer.',
      seams: () => ({
        violations: ({ input: { body } }, next) =>
          next().filter(({ pointer }) => typeof Object(body)[pointer.slice(1)] !== 'boolean'),
      }),
      witness: async ({ post }) => (await post('/user', { username: 'a', id: true })).status === 200,
    },
    {
      id: 'password-in-other-case-accepted',
      operation: 'loginUser',
      summary: 'Small and capital letters of a password count the same.',
      seams: () => ({
        reply: ({ input, store }, next) => {
          const known = store.users.get(input.query.get('username')?.[0] ?? '')?.password
          const given = input.query.get('password')?.[0]
          if (known !== undefined && known.toLowerCase() === given?.toLowerCase())
            input.query = new Map([...input.query, ['password', [known]]])
          return next()
        },
      }),
      witness: async ({ get, put }) => {
        await put('/user/user1', { password: 'Secret' })
        return (await get('/user/login?username=user1&password=sECRET')).status === 200
      },
    },
    {
      id: 'beginning-of-password-accepted',
      operation: 'loginUser',
      summary: 'Only the first eight characters of a password count.',
      seams: () => ({
        reply: ({ input, store }, next) => {
          const known = store.users.get(input.query.get('username')?.[0] ?? '')?.password
          const given = input.query.get('password')?.[0]
          if (known !== undefined && known.slice(0, 8) === given?.slice(0, 8))
            input.query = new Map([...input.query, ['password', [known]]])
          return next()
        },
      }),
      witness: async ({ get, put }) => {
        await put('/user/user1', { password: 'password one' })
        return (await get('/user/login?username=user1&password=password%20two')).status === 200
      },
    },
    {
      id: 'former-password-accepted',
      operation: ['loginUser', 'updateUser'],
      summary: 'The password that was replaced still opens the account.',
      seams: () => {
        const former = new Map<string, string[]>()
        return {
          reply: ({ input, match, store }, next) => {
            const named =
              match.operation?.id === 'updateUser' ? input.parameter : (input.query.get('username')?.[0] ?? '')
            const known = store.users.get(named)?.password
            if (match.operation?.id === 'updateUser' && known !== undefined)
              former.set(named, [...(former.get(named) ?? []), known])
            else if (known !== undefined && former.get(named)?.includes(input.query.get('password')?.[0] ?? ''))
              input.query = new Map([...input.query, ['password', [known]]])
            return next()
          },
        }
      },
      witness: async ({ get, put }) => {
        await put('/user/user1', { password: 'one' })
        await put('/user/user1', { password: 'two' })
        return (await get('/user/login?username=user1&password=one')).status === 200
      },
    },
    {
      id: 'password-of-another-accepted',
      operation: 'loginUser',
      summary: 'The password of anybody opens every account.',
      seams: () => ({
        reply: ({ input, store }, next) => {
          const known = store.users.get(input.query.get('username')?.[0] ?? '')?.password
          const isAnybodys = [...store.users.values()].some(
            ({ password }) => password === input.query.get('password')?.[0],
          )
          if (known !== undefined && isAnybodys) input.query = new Map([...input.query, ['password', [known]]])
          return next()
        },
      }),
      witness: async ({ get, put }) => {
        await put('/user/user1', { password: 'one' })
        await put('/user/user2', { password: 'two' })
        return (await get('/user/login?username=user1&password=two')).status === 200
      },
    },
  ]),
  ...inArea('filters', [
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
  ]),
  ...inArea('isolation', [
    {
      id: 'pet-update-removes-user',
      operation: 'updatePet',
      summary: 'An update of a pet removes the user who was created last.',
      seams: after(({ store }) => {
        const last = [...store.users.keys()].at(-1)
        if (last !== undefined) store.users.delete(last)
      }),
      witness: async ({ get, put }) => {
        await put('/domain', { id: 1, name: 'a', photoUrls: [] })
        return (await get('/user/user3')).status === 404
      },
    },
    {
      id: 'pet-deletion-removes-orders',
      operation: 'deletePet',
      summary: 'Deleting a pet removes all orders.',
      seams: after(({ store }) => store.orders.clear()),
      witness: async ({ get, remove }) => {
        await remove('/pet/1')
        return (await get('/store/order/1')).status === 404
      },
    },
    {
      id: 'user-deletion-sells-pet',
      operation: 'deleteUser',
      summary: 'Deleting a user changes a pet.',
      seams: after((exchange) => alterPet(exchange, 3, (pet) => ({ ...pet, name: 'orphan' }))),
      witness: async ({ get, remove }) => {
        await remove('/user/user1')
        return (await get('/pet/3')).object.name === 'orphan'
      },
    },
    {
      id: 'order-deletion-renames-orders',
      operation: 'deleteOrder',
      summary: 'Deleting an order renames the others.',
      seams: after(({ store }) => {
        for (const [id, order] of store.orders) store.orders.set(id, { ...order, name: 'moved' })
      }),
      witness: async ({ get, remove }) => {
        await remove('/store/order/1')
        return (await get('/store/order/2')).object.name === 'moved'
      },
    },
  ]),
  ...inArea('http', [
    {
      id: 'unknown-path-is-page',
      operation: 'any',
      summary: 'A path that leads nowhere is answered with a page and 200.',
      seams: () => ({
        answer: ({ match }, next) => {
          const answer = next()
          return match.allowed === undefined
            ? { status: 200, headers: { 'Content-Type': 'text/html' }, body: Buffer.from('<p>Home') }
            : answer
        },
      }),
      witness: async ({ get }) => (await get('/nowhere')).status === 200,
    },
    {
      id: 'options-allow-untrue',
      operation: 'any',
      summary: 'OPTIONS names methods that the path does not have.',
      seams: () => ({
        answer: ({ request }, next) => {
          const answer = next()
          return request.method === 'OPTIONS' && answer.status < 300
            ? { ...answer, headers: withHeaders(answer, { Allow: 'GET, POST, PUT, PATCH, DELETE' }) }
            : answer
        },
      }),
      witness: async ({ send }) =>
        (await send('OPTIONS', '/store/inventory')).headers.allow?.includes('PATCH') === true,
    },
    {
      id: 'head-on-post-path-succeeds',
      operation: 'any',
      summary: 'HEAD succeeds on a path that has no GET.',
      seams: () => ({
        answer: ({ request, match }, next) => {
          const answer = next()
          return request.method === 'HEAD' && answer.status === 405 && match.allowed
            ? { ...answer, status: 200 }
            : answer
        },
      }),
      witness: async ({ send }) => (await send('HEAD', '/user')).status === 200,
    },
    {
      id: 'answers-change-places',
      operation: 'getPetById',
      summary:
        'Of readings at the same time the earlier gets the answer of the later, as with a variable that all share.',
      seams: () => {
        let shared: Buffer = Buffer.alloc(0)
        return {
          answer: (_exchange, next) => {
            const answer = next()
            shared = answer.body
            return answer.status === 200 ? { ...answer, delayMs: 1, late: () => shared } : answer
          },
        }
      },
      witness: async ({ get }) => {
        const ids = [1, 2, 3, 4, 5, 6, 7, 8]
        const read = await Promise.all(ids.map((id) => get(`/pet/${id}`)))
        return read.some(({ object }, index) => object.id !== ids[index])
      },
    },
  ]),
  ...inArea('media-type', [
    {
      id: 'application-range-refused',
      operation: 'getUserByName',
      summary: 'Accept: application/* is refused.',
      seams: () => ({
        type: ({ request }, next) => (request.headers.accept?.startsWith('application/*') ? undefined : next()),
      }),
      witness: async ({ get }) => (await get('/user/user1', { accept: 'application/*' })).status === 406,
    },
    {
      id: 'single-pet-xml-is-json',
      operation: 'findPetsByTags',
      summary: 'A list of one pet comes as JSON though XML was asked for.',
      seams: () => ({
        answer: (exchange, next) => {
          const answer = next()
          const { reply, type } = exchange
          return type === XML_TYPE && answer.status === 200 && Array.isArray(reply?.value) && reply.value.length === 1
            ? {
                ...answer,
                headers: withHeaders(answer, { 'Content-Type': 'application/json' }),
                body: Buffer.from(JSON.stringify(reply.value)),
              }
            : answer
        },
      }),
      witness: async ({ getXml, put }) => {
        await put('/domain', { id: 1, name: 'a', photoUrls: [], tags: [{ name: 'x' }] })
        return (await getXml('/pet/findByTags?tags=x')).headers['content-type'] === 'application/json'
      },
    },
  ]),
  ...inArea('headers', [
    {
      id: 'expiry-malformed-at-third-login',
      operation: 'loginUser',
      summary: 'Every third login has an expiry that is no date-time.',
      seams: () => {
        let count = 0
        return success((answer) => {
          count += 1
          return count % 3 === 0 ? { headers: withHeaders(answer, { 'X-Expires-After': 'soon' }) } : {}
        })()
      },
      witness: async ({ get }) => {
        const path = '/user/login?username=new&password=a'
        await get(path)
        await get(path)
        return (await get(path)).headers['x-expires-after'] === 'soon'
      },
    },
  ]),
  ...inArea('status', [
    {
      id: 'login-token-empty',
      operation: 'loginUser',
      summary: 'The token is empty.',
      seams: value(() => ''),
      witness: async ({ get }) => (await get('/user/login?username=new&password=a')).value === '',
    },
  ]),
  ...inArea('authentication', [
    {
      id: 'xml-reading-without-key',
      operation: ['getPetById', 'findPetsByStatus', 'findPetsByTags'],
      summary: 'Reading needs no key where XML is asked for.',
      seams: () => ({ admitted: ({ request }, next) => next() || request.headers.accept === XML_TYPE }),
      witness: async ({ get }) => (await get(ALL, { key: null, accept: XML_TYPE })).status === 200,
    },
    {
      id: 'key-in-other-case-accepted',
      operation: 'any',
      summary: 'Small and capital letters of the key count the same.',
      seams: () => ({
        admitted: ({ request, key }, next) => next() || request.headers.api_key?.toLowerCase() === key.toLowerCase(),
      }),
      witness: async ({ get }) => (await get('/store/inventory', { key: 'SPECIAL-KEY' })).status === 200,
    },
  ]),
]
