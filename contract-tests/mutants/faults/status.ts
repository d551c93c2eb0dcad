import { success } from '../alter.ts'
import { inArea } from '../fault.ts'

const status = (code: number) => success(() => ({ status: code }))
const nothing = { status: 204, body: Buffer.alloc(0) }

/** Statuses that tell the opposite of what happened. */
export const statusFaults = inArea('status', [
  {
    id: 'found-pet-is-204',
    operation: 'getPetById',
    summary: 'A pet that is there is answered with 204 and no body.',
    seams: success(() => nothing),
    witness: async ({ get }) => (await get('/pet/1')).status === 204,
  },
  {
    id: 'empty-filter-is-404',
    operation: 'findPetsByTags',
    summary: 'A filter that finds nothing is refused as not found.',
    seams: success(({ body }) => (body.toString() === '[]' ? { status: 404 } : {})),
    witness: async ({ get }) => (await get('/pet/findByTags?tags=nobody')).status === 404,
  },
  {
    id: 'empty-filter-is-204',
    operation: 'findPetsByTags',
    summary: 'A filter that finds nothing has no body, not an empty list.',
    seams: success(({ body }) => (body.toString() === '[]' ? nothing : {})),
    witness: async ({ get }) => (await get('/pet/findByTags?tags=nobody')).status === 204,
  },
  {
    id: 'user-found-elsewhere',
    operation: 'getUserByName',
    summary: 'A user that is there is answered with a redirect.',
    seams: success(({ headers }) => ({ status: 302, headers: { ...headers, Location: '/v2/user/user1' } })),
    witness: async ({ get }) => (await get('/user/user1')).status === 302,
  },
  {
    id: 'deleted-pet-says-404',
    operation: 'deletePet',
    summary: 'A deletion that worked says that there was nothing.',
    seams: status(404),
    witness: async ({ remove }) => (await remove('/pet/1')).status === 404,
  },
  {
    id: 'updated-pet-says-405',
    operation: 'updatePet',
    summary: 'A valid update is stored and answered with the status of a refusal.',
    seams: status(405),
    witness: async ({ put }) => (await put('/domain', { id: 1, name: 'a', photoUrls: [] })).status === 405,
  },
  {
    id: 'created-user-says-400',
    operation: 'createUser',
    summary: 'A user is stored and refused.',
    seams: status(400),
    witness: async ({ post }) => (await post('/user', { username: 'a' })).status === 400,
  },
  {
    id: 'created-list-says-500',
    operation: 'createUsersWithListInput',
    summary: 'A list of users is stored and answered with 500, which `default` cannot mean.',
    seams: status(500),
    witness: async ({ post }) => (await post('/user/createWithList', [{ username: 'a' }])).status === 500,
  },
  {
    id: 'logout-says-404',
    operation: 'logoutUser',
    summary: 'Logging out is not found.',
    seams: status(404),
    witness: async ({ get }) => (await get('/user/logout')).status === 404,
  },
  {
    id: 'form-update-redirects',
    operation: 'updatePetWithForm',
    summary: 'An update by form is answered with a redirect, as for a browser.',
    seams: success(({ headers }) => ({ status: 303, headers: { ...headers, Location: '/v2/pet/1' } })),
    witness: async ({ form }) => (await form('/pet/1', 'name=a')).status === 303,
  },
  {
    id: 'added-domain-says-405',
    operation: 'addDomain',
    summary: 'A valid domain is refused.',
    seams: status(405),
    witness: async ({ post }) => (await post('/domain', { name: 'a.example' })).status === 405,
  },
  {
    id: 'refused-order-says-200',
    operation: 'placeOrder',
    summary: 'A refusal carries its error in a 200.',
    seams: () => ({
      answer: (_handling, next) => {
        const answer = next()
        return answer.status === 400 ? { ...answer, status: 200 } : answer
      },
    }),
    witness: async ({ post }) => (await post('/store/order', { name: 1 })).status === 200,
  },
])
