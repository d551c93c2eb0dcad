import type { Client } from '../../client.ts'
import type { FaultRow } from '../../fault.ts'
import type { Handling } from '../../server/handling.ts'
import { matchOperation } from '../../server/match.ts'
import type { Seams } from '../../server/seams.ts'

const SECURED = [
  ...['addDomain', 'updatePet', 'findPetsByStatus', 'findPetsByTags', 'getPetById', 'updatePetWithForm'],
  ...['deletePet', 'uploadFile', 'getInventory'],
]

/** Lets requests in that the test picks, besides those with the key. */
const opening = (isOpen: (handling: Handling) => boolean) => (): Seams => ({
  authenticated: (handling, next) => next() || isOpen(handling),
})

const withoutKey =
  (path: string, headers: Readonly<Record<string, string>>) =>
  async ({ get }: Client) =>
    (await get(path, { key: null, headers })).status === 200

/** Takes the path in another spelling for the same, and forgets the key then. */
const spelling = (isSpelled: (path: string) => boolean, restore: (path: string) => string) => (): Seams => ({
  match: ({ request: { method, path }, operations }, next) =>
    isSpelled(path) ? matchOperation(method, restore(path), operations) : next(),
  authenticated: ({ request }, next) => next() || isSpelled(request.path),
})

const spelled = (
  id: string,
  summary: string,
  example: string,
  isSpelled: (path: string) => boolean,
  restore: (path: string) => string,
): FaultRow => ({
  id,
  operation: 'any',
  summary,
  seams: spelling(isSpelled, restore),
  witness: async ({ get }) => (await get(example, { key: null })).status === 200,
})

/** Refuses by this status what is not authenticated, after it was carried out. */
const doneFirst = (): Seams => ({
  authenticated: () => true,
  answer: (handling, next) => {
    const answer = next()
    const isDenied = handling.request.headers.api_key !== handling.key
    return isDenied ? { ...answer, status: 401, headers: {}, body: Buffer.alloc(0) } : answer
  },
})

export const keyFaults: readonly FaultRow[] = [
  {
    id: 'key-in-cookie-accepted',
    operation: SECURED,
    summary: 'The key is also taken from a cookie.',
    seams: opening(({ request, key }) => (request.headers.cookie ?? '').includes(`api_key=${key}`)),
    witness: withoutKey('/pet/1', { cookie: 'api_key=special-key' }),
  },
  {
    id: 'key-as-bearer-accepted',
    operation: SECURED,
    summary: 'The key is also taken as a bearer token.',
    seams: opening(({ request, key }) => request.headers.authorization === `Bearer ${key}`),
    witness: withoutKey('/pet/1', { authorization: 'Bearer special-key' }),
  },
  {
    id: 'key-as-basic-user-accepted',
    operation: 'getInventory',
    summary: 'The key is also taken as a user of Basic.',
    seams: opening(
      ({ request, key }) => request.headers.authorization === `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
    ),
    witness: withoutKey('/store/inventory', { authorization: 'Basic c3BlY2lhbC1rZXk6' }),
  },
  {
    id: 'key-in-x-api-key-accepted',
    operation: SECURED,
    summary: 'The key is also taken from X-API-Key.',
    seams: opening(({ request, key }) => request.headers['x-api-key'] === key),
    witness: withoutKey('/pet/1', { 'x-api-key': 'special-key' }),
  },
  {
    id: 'key-in-form-accepted',
    operation: 'updatePetWithForm',
    summary: 'The key is also taken from the form.',
    seams: opening(({ request, key }) => request.body.includes(`api_key=${key}`)),
    witness: async ({ send }) => {
      const type = 'application/x-www-form-urlencoded'
      return (await send('POST', '/pet/1', { key: null, type, body: 'name=a&api_key=special-key' })).status === 200
    },
  },
  {
    id: 'key-in-body-accepted',
    operation: 'updatePet',
    summary: 'The key is also taken from the body.',
    seams: opening(({ request, key }) => request.body.includes(`"api_key":"${key}"`)),
    witness: async ({ send }) => {
      const json = { id: 1, name: 'a', photoUrls: [], api_key: 'special-key' }
      return (await send('PUT', '/domain', { key: null, json })).status === 200
    },
  },
  {
    id: 'key-of-map-accepted',
    operation: SECURED,
    summary: 'Keys are looked up in an object, so that the names of its own functions are keys.',
    seams: opening(({ request }) => Object({})[request.headers.api_key ?? ''] !== undefined),
    witness: async ({ get }) => (await get('/pet/1', { key: 'constructor' })).status === 200,
  },
  {
    id: 'last-letter-of-key-ignored',
    operation: 'findPetsByTags',
    summary: 'The last letter of the key is not compared.',
    seams: opening(
      ({ request: { headers }, key }) =>
        headers.api_key?.length === key.length && headers.api_key.startsWith(key.slice(0, -1)),
    ),
    witness: async ({ get }) => (await get('/pet/findByTags?tags=tag1', { key: 'special-kez' })).status === 200,
  },
  {
    id: 'head-of-list-without-key',
    operation: 'findPetsByStatus',
    summary: 'HEAD of a list needs no key.',
    seams: opening(({ request }) => request.method === 'HEAD'),
    witness: async ({ send }) => (await send('HEAD', '/pet/findByStatus?status=sold', { key: null })).status === 200,
  },
  {
    id: 'forwarded-for-loopback-opens',
    operation: SECURED,
    summary: 'A request that says it comes from the machine itself needs no key.',
    seams: opening(({ request }) => request.headers['x-forwarded-for'] === '127.0.0.1'),
    witness: withoutKey('/pet/1', { 'x-forwarded-for': '127.0.0.1' }),
  },
  {
    id: 'original-url-opens',
    operation: SECURED,
    summary: 'The check of keys believes X-Original-URL.',
    seams: opening(({ request }) => (request.headers['x-original-url'] ?? '').includes('/user/')),
    witness: withoutKey('/pet/1', { 'x-original-url': '/v2/user/logout' }),
  },
  {
    id: 'method-override-opens',
    operation: SECURED,
    summary: 'The check of keys believes X-HTTP-Method-Override.',
    seams: opening(({ request }) => request.headers['x-http-method-override'] === 'OPTIONS'),
    witness: withoutKey('/pet/1', { 'x-http-method-override': 'OPTIONS' }),
  },
  {
    id: 'origin-opens',
    operation: 'getInventory',
    summary: 'Pages of the machine itself need no key.',
    seams: opening(({ request }) => request.headers.origin === 'http://localhost'),
    witness: withoutKey('/store/inventory', { origin: 'http://localhost' }),
  },
  spelled(
    'slash-at-end-opens',
    'A slash at the end leads past the key.',
    '/pet/1/',
    (path) => /[^/]\/$/.test(path),
    (path) => path.slice(0, -1),
  ),
  spelled(
    'two-slashes-open',
    'Two slashes lead past the key.',
    '//pet/1',
    (path) => path.startsWith('//'),
    (path) => path.slice(1),
  ),
  spelled(
    'dot-segment-opens',
    'A dot segment leads past the key.',
    '/pet/./1',
    (path) => path.includes('/./'),
    (path) => path.replace('/./', '/'),
  ),
  spelled(
    'capitals-open',
    'Capitals lead past the key.',
    '/PET/1',
    (path) => /^\/[A-Z]+(\/|$)/.test(path),
    (path) => path.toLowerCase(),
  ),
  spelled(
    'escaped-letter-opens',
    'An escaped letter leads past the key.',
    '/pet/%31',
    (path) => /%[3-7]\d/.test(path) && path.startsWith('/pet/'),
    (path) => decodeURIComponent(path),
  ),
  spelled(
    'matrix-parameter-opens',
    'A matrix parameter leads past the key.',
    '/pet/1;a=b',
    (path) => path.includes(';'),
    (path) => path.replace(/;.*$/, ''),
  ),
  spelled(
    'suffix-opens',
    'A suffix leads past the key.',
    '/pet/1.json',
    (path) => path.endsWith('.json') && path.startsWith('/pet/'),
    (path) => path.replace(/\.json$/, ''),
  ),
  {
    id: 'deletion-without-key-carried-out',
    operation: 'deletePet',
    summary: 'A deletion without a key is refused, and carried out.',
    seams: doneFirst,
    witness: async ({ send, get }) => {
      const { status } = await send('DELETE', '/pet/1', { key: null })
      return status === 401 && (await get('/pet/1')).status === 404
    },
  },
  {
    id: 'form-without-key-carried-out',
    operation: 'updatePetWithForm',
    summary: 'A form without a key is refused, and stored.',
    seams: doneFirst,
    witness: async ({ send, get }) => {
      const type = 'application/x-www-form-urlencoded'
      await send('POST', '/pet/1', { key: null, type, body: 'name=intruder' })
      return (await get('/pet/1')).object.name === 'intruder'
    },
  },
]
