import { inArea } from '../fault.ts'
import type { Handling, Match } from '../server/handling.ts'
import { OPERATIONS } from '../server/operations.ts'
import type { Seams } from '../server/seams.ts'

/** Leads one method and path to another operation, or nowhere. */
const rerouted =
  (method: string, path: string, operationId?: string, parameter = ''): (() => Seams) =>
  () => ({
    match: ({ request }, next) => {
      if (request.method !== method || request.path !== path) return next()
      return operationId === undefined ? {} : lead(operationId, parameter)
    },
  })

function lead(operationId: string, parameter: string): Match {
  const operation = OPERATIONS.find(({ id }) => id === operationId)
  return { allowed: ['GET'], parameter, ...(operation && { operation }) }
}

/** Reads the path's parameter in another way. */
const misread =
  (change: (raw: string) => string): (() => Seams) =>
  () => ({
    match: (_handling: Handling, next) => {
      const match = next()
      return match.parameter === undefined ? match : { ...match, parameter: change(match.parameter) }
    },
  })

/** Paths that lead to the wrong operation, or nowhere. */
export const routingFaults = inArea('routing', [
  {
    id: 'login-shadowed-by-username',
    operation: 'any',
    summary: 'GET /user/login looks for a user named login.',
    seams: rerouted('GET', '/user/login', 'getUserByName', 'login'),
    witness: async ({ get }) => (await get('/user/login?username=new&password=a')).status === 404,
  },
  {
    id: 'logout-shadowed-by-username',
    operation: 'any',
    summary: 'GET /user/logout looks for a user named logout.',
    seams: rerouted('GET', '/user/logout', 'getUserByName', 'logout'),
    witness: async ({ get }) => (await get('/user/logout')).status === 404,
  },
  {
    id: 'tags-filter-shadowed-by-pet',
    operation: 'any',
    summary: 'GET /pet/findByTags looks for a pet of that id.',
    seams: rerouted('GET', '/pet/findByTags', 'getPetById', 'findByTags'),
    witness: async ({ get }) => (await get('/pet/findByTags?tags=tag1')).status === 400,
  },
  {
    id: 'inventory-not-routed',
    operation: 'any',
    summary: 'GET /store/inventory leads nowhere.',
    seams: rerouted('GET', '/store/inventory'),
    witness: async ({ get }) => (await get('/store/inventory')).status === 404,
  },
  {
    id: 'user-list-not-routed',
    operation: 'any',
    summary: 'POST /user/createWithList leads nowhere.',
    seams: rerouted('POST', '/user/createWithList'),
    witness: async ({ post }) => (await post('/user/createWithList', [{ username: 'a' }])).status === 404,
  },
  {
    id: 'put-domain-adds-domain',
    operation: 'any',
    summary: 'PUT /domain adds a domain; no pet is updated.',
    seams: rerouted('PUT', '/domain', 'addDomain'),
    witness: async ({ get, put }) => {
      await put('/domain', { id: 1, name: 'moved', photoUrls: [] })
      return (await get('/pet/1')).object.name !== 'moved'
    },
  },
  {
    id: 'post-domain-updates-pet',
    operation: 'any',
    summary: 'POST /domain expects a pet.',
    seams: rerouted('POST', '/domain', 'updatePet'),
    witness: async ({ post }) => (await post('/domain', { name: 'a.example' })).status >= 400,
  },
  {
    id: 'status-filter-is-tags-filter',
    operation: 'any',
    summary: 'GET /pet/findByStatus filters by tags, so that its own parameter is missing.',
    seams: rerouted('GET', '/pet/findByStatus', 'findPetsByTags'),
    witness: async ({ get }) => (await get('/pet/findByStatus?status=sold')).status === 400,
  },
  {
    id: 'username-not-decoded',
    operation: ['getUserByName', 'updateUser', 'deleteUser'],
    summary: 'Escapes in the path of a user are not decoded.',
    seams: misread((raw) => raw.replaceAll('%', '%25')),
    witness: async ({ get, post }) => {
      await post('/user', { username: 'Zoë Q' })
      return (await get('/user/Zo%C3%AB%20Q')).status === 404
    },
  },
  {
    id: 'username-plus-is-space',
    operation: ['getUserByName', 'updateUser', 'deleteUser'],
    summary: 'A plus in the path of a user is read as a space.',
    seams: misread((raw) => raw.replaceAll(/\+|%2B/gi, '%20')),
    witness: async ({ get, post }) => {
      await post('/user', { username: 'a+b' })
      return (await get('/user/a+b')).status === 404
    },
  },
  {
    id: 'username-cut-at-dot',
    operation: ['getUserByName', 'updateUser', 'deleteUser'],
    summary: 'What follows a dot in the path is taken for a file extension.',
    seams: misread((raw) => raw.replace(/\..*$/, '')),
    witness: async ({ get, post }) => {
      await post('/user', { username: 'ada.lovelace' })
      return (await get('/user/ada.lovelace')).status === 404
    },
  },
])
