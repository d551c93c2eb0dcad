import { gzipSync } from 'node:zlib'
import { input, refuse, withHeaders } from '../alter.ts'
import type { Client } from '../client.ts'
import { type FaultRow, inArea } from '../fault.ts'
import { type Handling, JSON_TYPE, Refusal, XML_TYPE } from '../server/handling.ts'
import { matchOperation } from '../server/match.ts'
import type { Seams } from '../server/seams.ts'
import type { Pet, User } from '../server/store.ts'

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

const keyFaults: readonly FaultRow[] = [
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

/** Refuses a body by its headers, before it is read. */
const refuseBody = (isRefused: (headers: Readonly<Record<string, string>>) => boolean) => (): Seams => ({
  body: ({ request }, next) => {
    if (isRefused(request.headers)) throw new Refusal(415, 'Not so.')
    return next()
  },
})

const accepts = async ({ send }: Client, accept: string) => (await send('GET', '/user/user1', { accept })).headers

const askingFaults: readonly FaultRow[] = [
  {
    id: 'quality-of-zero-ignored',
    operation: 'getUserByName',
    summary: 'A media type of quality 0 is given all the same.',
    seams: () => ({
      type: ({ request }, next) => (request.headers.accept?.includes('json;q=0') ? JSON_TYPE : next()),
    }),
    witness: async (client) =>
      (await accepts(client, 'application/xml, application/json;q=0'))['content-type'] === JSON_TYPE,
  },
  {
    id: 'accept-in-capitals-refused',
    operation: 'getPetById',
    summary: 'A media type in capitals is not acceptable.',
    seams: () => ({
      type: ({ request }, next) => (/[A-Z]/.test(request.headers.accept ?? '') ? undefined : next()),
    }),
    witness: async ({ get }) => (await get('/pet/1', { accept: 'APPLICATION/JSON' })).status === 406,
  },
]

const sendingFaults: readonly FaultRow[] = [
  {
    id: 'media-type-in-capitals-refused',
    operation: 'createUser',
    summary: 'A media type in capitals is refused.',
    seams: refuseBody((headers) => /^APPLICATION/.test(headers['content-type'] ?? '')),
    witness: async ({ send }) =>
      (await send('POST', '/user', { type: 'APPLICATION/JSON', json: { username: 'a' } })).status === 415,
  },
  {
    id: 'charset-between-quotes-refused',
    operation: 'updateUser',
    summary: 'A charset between quotes is refused.',
    seams: refuseBody((headers) => /charset="/.test(headers['content-type'] ?? '')),
    witness: async ({ send }) =>
      (await send('PUT', '/user/user1', { type: 'application/json; charset="utf-8"', json: { username: 'user1' } }))
        .status === 415,
  },
  {
    id: 'boundary-between-quotes-refused',
    operation: 'uploadFile',
    summary: 'A boundary between quotes is refused.',
    seams: refuseBody((headers) => /boundary="/.test(headers['content-type'] ?? '')),
    witness: async ({ send }) =>
      (await send('POST', '/pet/1/uploadImage', { type: 'multipart/form-data; boundary="b"', body: '--b--' }))
        .status === 415,
  },
  {
    id: 'body-in-chunks-refused',
    operation: 'updateUser',
    summary: 'A body without a length is refused.',
    seams: refuseBody((headers) => headers['transfer-encoding'] === 'chunked'),
    witness: async ({ send }) => {
      const headers = { 'transfer-encoding': 'chunked' }
      return (await send('PUT', '/user/user1', { json: { username: 'user1' }, headers, chunked: true })).status === 415
    },
  },
  {
    id: 'form-of-escapes-refused',
    operation: 'updatePetWithForm',
    summary: 'A form whose names are escaped is refused.',
    seams: refuse(({ request }) => request.body.includes('%6e')),
    witness: async ({ form }) => (await form('/pet/1', '%6eame=a')).status === 405,
  },
]

const httpFaults: readonly FaultRow[] = [
  {
    id: 'date-malformed',
    operation: 'any',
    summary: 'Date is in the form of ISO 8601.',
    seams: () => ({
      answer: (_handling, next) => {
        const answer = next()
        return { ...answer, undated: true, headers: withHeaders(answer, { Date: '2030-01-02T03:04:05Z' }) }
      },
    }),
    witness: async ({ get }) => /^\d{4}-/.test(String((await get('/store/inventory')).headers.date)),
  },
  {
    id: 'compressed-though-refused',
    operation: 'findPetsByStatus',
    summary: 'A list is compressed for everybody.',
    seams: () => ({
      answer: (_handling, next) => {
        const answer = next()
        return answer.status === 200
          ? { ...answer, body: gzipSync(answer.body), headers: { ...answer.headers, 'Content-Encoding': 'gzip' } }
          : answer
      },
    }),
    witness: async ({ get }) => {
      const headers = { 'accept-encoding': 'identity' }
      return (await get('/pet/findByStatus?status=sold', { headers })).headers['content-encoding'] === 'gzip'
    },
  },
  {
    id: 'error-tells-key',
    operation: 'any',
    summary: 'An error says which key the server knows.',
    seams: () => ({
      answer: ({ key }, next) => {
        const answer = next()
        return answer.status === 404 ? { ...answer, body: Buffer.from(`{"config":{"api_key":"${key}"}}`) } : answer
      },
    }),
    witness: async ({ get }) => (await get('/pet/987654')).text.includes('special-key'),
  },
]

/** The answer that was given before the last write, for those who ask in the media type. */
const stale = (type: string) => (): Seams => {
  const shown = new Map<string, unknown>()
  return {
    value: (handling, next) => {
      const [now, { path }] = [next(), handling.request]
      if (handling.type !== type) return now
      const known = shown.get(path) ?? now
      shown.set(path, known)
      return known
    },
  }
}

/** Does something once, after so many more requests. */
const later = (requests: number, act: (handling: Handling) => () => void) => (): Seams => {
  const left: { turns: number; readonly act: () => void }[] = []
  return {
    reply: (handling, next) => {
      for (const one of left) {
        one.turns -= 1
        if (one.turns === 0) one.act()
      }
      const undo = act(handling)
      const reply = next()
      left.push({ turns: requests, act: undo })
      return reply
    },
  }
}

const nothing = () => {}

const viewFaults: readonly FaultRow[] = [
  {
    id: 'user-in-xml-is-cached',
    operation: 'getUserByName',
    summary: 'A user in XML is the one that was asked for first.',
    seams: stale(XML_TYPE),
    witness: async ({ getXml, put }) => {
      await getXml('/user/user1')
      await put('/user/user1', { username: 'user1', firstName: 'changed' })
      return !(await getXml('/user/user1')).text.includes('changed')
    },
  },
  {
    id: 'list-in-xml-is-cached',
    operation: 'findPetsByTags',
    summary: 'Pets of a tag in XML are those that were listed first.',
    seams: stale(XML_TYPE),
    witness: async ({ getXml, put }) => {
      await getXml('/pet/findByTags?tags=tag1')
      await put('/domain', { id: 1, name: 'changed', photoUrls: [], tags: [{ name: 'tag1' }] })
      return !(await getXml('/pet/findByTags?tags=tag1')).text.includes('changed')
    },
  },
  {
    id: 'tag-of-user-never-changes',
    operation: 'getUserByName',
    summary: 'A user has the same ETag for ever, and its condition is met.',
    seams: () => ({
      answer: ({ request }, next) => {
        const answer = next()
        if (answer.status !== 200) return answer
        const headers = { ...answer.headers, ETag: '"1"' }
        return request.headers['if-none-match'] === '"1"'
          ? { ...answer, status: 304, headers: { ETag: '"1"' }, body: Buffer.alloc(0) }
          : { ...answer, headers }
      },
    }),
    witness: async ({ get }) => (await get('/user/user1', { headers: { 'if-none-match': '"1"' } })).status === 304,
  },
  {
    id: 'deletion-of-user-undone-later',
    operation: ['deleteUser', 'getUserByName'],
    summary: 'A deleted user is back after some more requests.',
    seams: later(30, ({ match, input: { parameter }, store }) => {
      const user = match.operation?.id === 'deleteUser' ? store.users.get(parameter) : undefined
      return user ? () => void store.users.set(parameter, user) : nothing
    }),
    witness: async ({ get, remove }) => {
      await remove('/user/user1')
      for (let turn = 0; turn < 31; turn += 1) await get('/user/user1')
      return (await get('/user/user1')).status === 200
    },
  },
  {
    id: 'update-of-user-undone-later',
    operation: ['updateUser', 'getUserByName'],
    summary: 'An updated user is as before after some more requests.',
    seams: later(80, ({ match, input: { parameter }, store }) => {
      const user = match.operation?.id === 'updateUser' ? store.users.get(parameter) : undefined
      return user ? () => store.users.has(parameter) && void store.users.set(parameter, user) : nothing
    }),
    witness: async ({ get, put }) => {
      await put('/user/user1', { username: 'user1', firstName: 'changed' })
      for (let turn = 0; turn < 81; turn += 1) await get('/user/user1')
      return (await get('/user/user1')).object.firstName !== 'changed'
    },
  },
]

/** Changes the parameter of the path before it is looked at. */
const parameter = (change: (text: string) => string) => (): Seams => ({
  violations: ({ input: given }, next) => {
    given.parameter = change(given.parameter)
    return next()
  },
})

const atOnceFaults: readonly FaultRow[] = [
  {
    id: 'deletions-at-once-all-succeed',
    operation: 'deleteUser',
    summary: 'A deletion succeeds for some time after the user is gone.',
    seams: () => {
      const gone = new Map<string, number>()
      return {
        reply: (handling, next) => {
          const { input: given, now } = handling
          const wasThere = handling.store.users.has(given.parameter)
          if (!wasThere && now() - (gone.get(given.parameter) ?? 0) < 500) return { status: 200 }
          gone.set(given.parameter, now())
          return next()
        },
      }
    },
    witness: async ({ remove }) => {
      const sent = await Promise.all([remove('/user/user1'), remove('/user/user1')])
      return sent.every(({ status }) => status === 200)
    },
  },
]

const idFaults: readonly FaultRow[] = [
  {
    id: 'pet-id-wraps-at-32-bits',
    operation: 'getPetById',
    summary: 'Ids are cut to 32 bits.',
    seams: parameter((text) => (/^\d+$/.test(text) ? String(Number(text) % 2 ** 32) : text)),
    witness: async ({ get }) => (await get('/pet/4294967297')).object.id === 1,
  },
  {
    id: 'order-id-up-to-comma',
    operation: 'getOrderById',
    summary: 'Of an id with a comma the first part counts.',
    seams: parameter((text) => text.split(',')[0] ?? ''),
    witness: async ({ get }) => (await get('/store/order/5,5')).status === 200,
  },
  {
    id: 'name-of-function-is-user',
    operation: 'getUserByName',
    summary: 'Users are looked up in an object, so that it has users of its own.',
    seams: () => ({
      reply: ({ input: { parameter: name } }, next) =>
        Object({})[name] === undefined ? next() : { status: 200, value: {} },
    }),
    witness: async ({ get }) => (await get('/user/constructor')).status === 200,
  },
  {
    id: 'username-decoded-twice',
    operation: 'getUserByName',
    summary: 'The name in a path is decoded twice.',
    seams: parameter((text) => text.replace(/%20/g, ' ')),
    witness: async ({ post, get }) => {
      await post('/user', { username: 'a%20b' })
      return (await get('/user/a%2520b')).status === 404
    },
  },
  {
    id: 'username-up-to-semicolon',
    operation: 'getUserByName',
    summary: 'The name in a path ends at a semicolon.',
    seams: parameter((text) => text.split(';')[0] ?? ''),
    witness: async ({ post, get }) => {
      await post('/user', { username: 'a;b' })
      return (await get('/user/a%3Bb')).status === 404
    },
  },
  {
    id: 'username-without-suffix',
    operation: 'getUserByName',
    summary: 'A name loses its suffix .json.',
    seams: parameter((text) => text.replace(/\.json$/, '')),
    witness: async ({ post, get }) => {
      await post('/user', { username: 'a.json' })
      return (await get('/user/a.json')).status === 404
    },
  },
]

const changed = (change: (text: string) => string) =>
  input<Partial<User>>((user) => ({ ...user, ...(user.lastName && { lastName: change(user.lastName) }) }))

const lastNameOf = async ({ put, get }: Client, lastName: string) => {
  await put('/user/user1', { username: 'user1', lastName })
  return (await get('/user/user1')).object.lastName
}

const textFaults: readonly FaultRow[] = [
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
]

/** Faults that show when an operation is asked in a way that nobody listed for it. */
export const variationFaults = [
  ...inArea('authentication', keyFaults),
  ...inArea('media-type', askingFaults),
  ...inArea('acceptance', sendingFaults),
  ...inArea('http', httpFaults),
  ...inArea('read-back', [...viewFaults, ...textFaults]),
  ...inArea('routing', idFaults),
  ...inArea('idempotency', atOnceFaults),
]
