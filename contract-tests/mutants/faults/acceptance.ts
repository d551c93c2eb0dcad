import { refuse } from '../alter.ts'
import { inArea } from '../fault.ts'
import { type Handling, Refusal } from '../server/handling.ts'
import type { Pet, User } from '../server/store.ts'
import { MULTIPART, multipartOf } from './variations/names.ts'

const petOf = ({ input }: Handling) => input.body as Partial<Pet>
const userOf = ({ input }: Handling) => input.body as Partial<User>
const isRefused = (status: number) => status >= 400

/** Valid requests that are refused. */
export const acceptanceFaults = inArea('acceptance', [
  {
    id: 'unicode-pet-name-refused',
    operation: 'updatePet',
    summary: 'A pet name beyond ASCII is refused.',
    seams: refuse((handling) => /[^\n -~]/.test(petOf(handling).name ?? '')),
    witness: async ({ put }) => isRefused((await put('/domain', { id: 1, name: 'Zoë', photoUrls: [] })).status),
  },
  {
    id: 'pet-without-tags-refused',
    operation: 'updatePet',
    summary: 'A pet without the optional tags is refused.',
    seams: refuse((handling) => petOf(handling).tags === undefined),
    witness: async ({ put }) => isRefused((await put('/domain', { id: 1, name: 'a', photoUrls: [] })).status),
  },
  {
    id: 'pet-without-status-refused',
    operation: 'updatePet',
    summary: 'A pet without the optional status is refused.',
    seams: refuse((handling) => petOf(handling).status === undefined),
    witness: async ({ put }) => isRefused((await put('/domain', { id: 1, name: 'a', photoUrls: [], tags: [] })).status),
  },
  {
    id: 'pet-without-photos-refused',
    operation: 'updatePet',
    summary: 'An empty list of photos is refused.',
    seams: refuse((handling) => petOf(handling).photoUrls?.length === 0),
    witness: async ({ put }) => isRefused((await put('/domain', { id: 1, name: 'a', photoUrls: [] })).status),
  },
  {
    id: 'pet-tag-without-id-refused',
    operation: 'updatePet',
    summary: 'A tag without the optional id is refused.',
    seams: refuse((handling) => petOf(handling).tags?.some(({ id }) => id === undefined) ?? false),
    witness: async ({ put }) =>
      isRefused((await put('/domain', { id: 1, name: 'a', photoUrls: [], tags: [{ name: 't' }] })).status),
  },
  {
    id: 'pet-empty-category-refused',
    operation: 'updatePet',
    summary: 'A category without the optional name is refused.',
    seams: refuse((handling) => petOf(handling).category !== undefined && petOf(handling).category?.name === undefined),
    witness: async ({ put }) =>
      isRefused((await put('/domain', { id: 1, name: 'a', photoUrls: [], category: {} })).status),
  },
  {
    id: 'long-pet-name-refused',
    operation: 'updatePet',
    summary: 'A name above 64 characters is refused though the document has no limit.',
    seams: refuse((handling) => (petOf(handling).name ?? '').length > 64),
    witness: async ({ put }) =>
      isRefused((await put('/domain', { id: 1, name: 'a'.repeat(65), photoUrls: [] })).status),
  },
  {
    id: 'pending-pet-refused',
    operation: 'updatePet',
    summary: 'One of the documented statuses is refused.',
    seams: refuse((handling) => petOf(handling).status === 'pending'),
    witness: async ({ put }) =>
      isRefused((await put('/domain', { id: 1, name: 'a', photoUrls: [], status: 'pending' })).status),
  },
  {
    id: 'form-without-name-refused',
    operation: 'updatePetWithForm',
    summary: 'A form with a status alone is refused.',
    seams: refuse((handling) => petOf(handling)?.name === undefined),
    witness: async ({ form }) => isRefused((await form('/pet/1', 'status=sold')).status),
  },
  {
    id: 'form-without-status-refused',
    operation: 'updatePetWithForm',
    summary: 'A form with a name alone is refused.',
    seams: refuse((handling) => petOf(handling)?.status === undefined),
    witness: async ({ form }) => isRefused((await form('/pet/1', 'name=a')).status),
  },
  {
    id: 'list-of-statuses-refused',
    operation: 'findPetsByStatus',
    summary: 'Comma separated statuses are refused.',
    seams: refuse(({ input }) => (input.query.get('status')?.[0] ?? '').includes(',')),
    witness: async ({ get }) => isRefused((await get('/pet/findByStatus?status=sold,pending')).status),
  },
  {
    id: 'pet-id-beyond-int32-invalid',
    operation: 'getPetById',
    summary: 'An id beyond int32 is called invalid, not missing.',
    seams: () => ({
      violations: ({ input }, next) =>
        Number(input.parameter) >= 2 ** 31 ? [{ place: 'path', pointer: '', expected: 'int32' }] : next(),
    }),
    witness: async ({ get }) => (await get('/pet/3000000000')).status === 400,
  },
  {
    id: 'user-id-beyond-int32-refused',
    operation: 'createUser',
    summary: 'A user id beyond int32 is refused; it is an int64.',
    seams: refuse((handling) => (userOf(handling).id ?? 0) >= 2 ** 31),
    witness: async ({ post }) => isRefused((await post('/user', { username: 'a', id: 3000000000 })).status),
  },
  {
    id: 'negative-user-status-refused',
    operation: 'createUser',
    summary: 'A negative user status is refused; it is an int32.',
    seams: refuse((handling) => (userOf(handling).userStatus ?? 0) < 0),
    witness: async ({ post }) => isRefused((await post('/user', { username: 'a', userStatus: -1 })).status),
  },
  {
    id: 'user-without-email-refused',
    operation: 'createUser',
    summary: 'A user without the optional email is refused.',
    seams: refuse((handling) => userOf(handling).email === undefined),
    witness: async ({ post }) => isRefused((await post('/user', { username: 'a' })).status),
  },
  {
    id: 'empty-first-name-refused',
    operation: 'updateUser',
    summary: 'An empty string is refused where the document has no least length.',
    seams: refuse((handling) => userOf(handling).firstName === ''),
    witness: async ({ put }) => isRefused((await put('/user/user1', { firstName: '' })).status),
  },
  {
    id: 'list-of-two-users-refused',
    operation: 'createUsersWithListInput',
    summary: 'A list of more than one user is refused.',
    seams: refuse(({ input }) => (input.body as unknown[]).length > 1),
    witness: async ({ post }) =>
      isRefused((await post('/user/createWithList', [{ username: 'a' }, { username: 'b' }])).status),
  },
  {
    id: 'order-without-name-refused',
    operation: 'placeOrder',
    summary: 'An order without the optional name is refused.',
    seams: refuse(({ input }) => !('name' in (input.body as object))),
    witness: async ({ post }) => isRefused((await post('/store/order', { active: true })).status),
  },
  {
    id: 'json-charset-refused',
    operation: ['createUser', 'updateUser', 'placeOrder'],
    summary: 'application/json with a charset is refused.',
    seams: refuse(({ request }) => /charset/i.test(request.headers['content-type'] ?? '')),
    witness: async ({ send }) => {
      const type = 'application/json; charset=utf-8'
      return isRefused((await send('POST', '/user', { type, body: '{"username":"a"}' })).status)
    },
  },
  {
    id: 'upload-without-metadata-refused',
    operation: 'uploadFile',
    summary: 'A file without the optional metadata is refused.',
    seams: refuse(({ input }) => !('additionalMetadata' in ((input.body as object | undefined) ?? {}))),
    witness: async ({ send }) => {
      const body = '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nx\r\n--b--\r\n'
      return isRefused(
        (await send('POST', '/pet/1/uploadImage', { type: 'multipart/form-data; boundary=b', body })).status,
      )
    },
  },
  {
    id: 'right-password-refused',
    operation: 'loginUser',
    summary: 'A stored user cannot log in with the right password.',
    seams: refuse(({ input, store }) => store.users.has(input.query.get('username')?.[0] ?? '')),
    witness: async ({ get }) => isRefused((await get('/user/login?username=user1&password=secret-1-1')).status),
  },
  {
    id: 'photo-above-100-kilobytes-refused',
    operation: 'uploadFile',
    summary: 'A file above 100 KB gets 413, as bodies do in many programs that nobody has set up.',
    seams: () => ({
      reply: ({ request }, next) => {
        if (request.body.length > 102_400) throw new Refusal(413, 'request entity too large')
        return next()
      },
    }),
    witness: async ({ send }) =>
      (await send('POST', '/pet/1/uploadImage', { type: MULTIPART, body: multipartOf(110_000) })).status === 413,
  },
])
