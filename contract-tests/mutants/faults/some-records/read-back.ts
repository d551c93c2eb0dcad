import { input, without } from '../../alter.ts'
import { inArea } from '../../fault.ts'
import { XML_TYPE } from '../../server/handling.ts'
import type { Pet, User } from '../../server/store.ts'
import { photos } from './samples.ts'

/** Faults of read back that show on some records only. */
export const readBackOfSome = inArea('read-back', [
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
      await putXml('/domain', '<Pet><id>1</id><name>a</name><photoUrls>b</photoUrls><tags><name>t</name></tags></Pet>')
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
])
