import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from '@jest/globals'
import supertest from 'supertest'
import { createMock, type Mock } from '../../index.ts'
import { PACKS } from '../store/pack.ts'

let mock: Mock = createMock()
afterEach(() => {
  expect(mock.defects).toEqual([])
  mock = createMock()
})

const call = (method: 'get' | 'post' | 'put' | 'delete', path: string, session?: string) => {
  const request = supertest(mock.app)[method](path).set({ api_key: 'special-key' })
  return session === undefined ? request : request.set('X-Mock-Session', session)
}
const admin = (method: 'get' | 'post' | 'put' | 'delete', path: string, session?: string) =>
  call(method, `/__admin${path}`, session)

describe('state', () => {
  test('what is exported can be imported and gives the same bytes', async () => {
    await call('delete', '/v2/pet/3').expect(200)
    const exported = await admin('get', '/state').expect(200)
    await admin('post', '/reset').expect(200)
    await admin('put', '/state')
      .send(exported.body as object)
      .expect(200)
    const again = await admin('get', '/state').expect(200)
    expect(again.text).toBe(exported.text)
    await call('get', '/v2/pet/3').expect(404)
  })

  test('an export above 10 MB can be imported by each door, and gives the same bytes', async () => {
    const users = Array.from({ length: 1_200 }, (_, index) => ({ username: `u${index}`, firstName: 'x'.repeat(9_000) }))
    await mock.putState({ users })
    const exported = await (await mock.fetch('/__admin/state')).text()
    expect(exported.length).toBeGreaterThan(10 * 1024 * 1024)
    const headers = { 'Content-Type': 'application/json' }
    const packed = { ...headers, 'Content-Encoding': 'gzip' }
    const imports = [
      () => admin('put', '/state').set(headers).send(exported).expect(200),
      () => mock.fetch('/__admin/state', { method: 'PUT', headers, body: exported }),
      () => mock.fetch('/__admin/state', { method: 'PUT', headers: packed, body: gzipSync(exported) }),
      () => mock.fetch('/__admin/state/users', { method: 'PUT', headers, body: JSON.stringify(users) }),
    ]
    for (const put of imports) {
      mock.reset()
      expect((await put()).status).toBe(200)
      expect(JSON.stringify(mock.store.export())).toBe(exported)
    }
  })

  test.each([
    ['{"users": [], "users": []}', '/body/users'],
    ['{"users": [{"username": "a", "username": "b"}]}', '/body/users/0/username'],
  ])('the body %s, which has a name twice, is refused', async (body, pointer) => {
    const refused = await admin('put', '/state').type('json').send(body).expect(400)
    expect(refused.body.errors).toEqual([{ pointer, expected: expect.stringContaining('there once') }])
  })

  test('a collection is replaced, and the others stay', async () => {
    const pets = [{ id: 70, name: 'x', photoUrls: [], status: 'sold', tags: [{ name: 'mine' }] }]
    await admin('put', '/state').send({ pets }).expect(200)
    expect((await call('get', '/v2/pet/findByTags?tags=mine')).body).toEqual(pets)
    expect((await call('get', '/v2/store/inventory')).body).toEqual({ available: 0, pending: 0, sold: 1 })
    await call('get', '/v2/user/user1').expect(200)
    expect((await admin('get', '/state/pets')).body).toEqual(pets)
  })

  test.each([
    [
      'a record that breaks the document',
      { pets: [{ id: 1, name: 5, photoUrls: [] }], users: [] },
      '/body/pets/0/name',
    ],
    ['a record without a key', { users: [{ firstName: 'a' }] }, '/body/users/0/username'],
    ['a key that comes twice', { users: [{ username: 'a' }, { username: 'a' }] }, '/body/users/1/username'],
    ['an order whose id is no number', { orders: [{ id: 'x' }] }, '/body/orders/0/id'],
  ])('%s is refused with its pointer, and nothing is changed', async (_what, state, pointer) => {
    const before = (await admin('get', '/state')).text
    const { body } = await admin('put', '/state').send(state).expect(400)
    expect(body).toMatchObject({ errors: [{ pointer }] })
    expect((await admin('get', '/state')).text).toBe(before)
  })

  test.each([
    ['a collection that there is not', 'put', '/state', { petz: [] }, '/body/petz'],
    ['a pack of another name', 'post', '/reset', { pak: 'empty' }, '/body/pak'],
    ['a counter below 0', 'put', '/state', { counters: { order: -1, domain: 1 } }, '/body/counters/order'],
    ['a session that no request can name', 'put', '/sessions/a%20b', {}, '/path/id'],
    ['a parameter that there is not', 'put', '/sessions/a?pack=empty', {}, '/query/pack'],
    ['a record of a collection', 'put', '/state/pets', [{ id: 1, name: 5, photoUrls: [] }], '/body/0/name'],
    ['a key that comes twice', 'put', '/state/users', [{ username: 'a' }, { username: 'a' }], '/body/1/username'],
    ['a collection that is none', 'put', '/state/users', {}, '/body'],
  ] as const)('%s is refused with its pointer, and nothing is changed', async (_what, method, path, sent, pointer) => {
    const before = [(await admin('get', '/state')).text, (await admin('get', '/sessions')).text]
    const { body } = await admin(method, path).send(sent).expect(400)
    expect(body).toMatchObject({ errors: [{ pointer }], detail: expect.stringContaining(pointer) })
    expect([(await admin('get', '/state')).text, (await admin('get', '/sessions')).text]).toEqual(before)
  })

  test('a collection can be put by itself', async () => {
    await admin('put', '/state/users')
      .send([{ username: 'ada' }])
      .expect(200)
    expect((await admin('get', '/state/users')).body).toEqual([{ username: 'ada' }])
    await call('get', '/v2/pet/1').expect(200)
  })

  test('a domain is validated as its DNS record would do it', async () => {
    const { body: domain } = await call('post', '/v2/domain').send({ name: 'a.example' })
    const { body } = await admin('post', `/domains/${(domain as { id: string }).id}/validate`).expect(200)
    expect(body).toEqual({ ...(domain as object), status: 'validated', active: true })
    await admin('post', '/domains/nobody/validate').expect(404)
  })

  test.each(PACKS)('pack %s holds what the document allows', async (pack) => {
    await admin('post', '/reset').send({ pack }).expect(200)
    const state = await admin('get', '/state').expect(200)
    await admin('put', '/state')
      .send(state.body as object)
      .expect(200)
    const { pets } = state.body as { pets: unknown[] }
    expect(pets).toHaveLength({ empty: 0, one: 1, many: 10_000 }[pack as string] ?? 10)
    for (const accept of ['application/json', 'application/xml']) {
      await call('get', '/v2/pet/findByStatus?status=available,pending,sold').set('accept', accept).expect(200)
    }
  })
})

test.each([
  ['bare', 'pets', { id: 1, name: expect.any(String), photoUrls: [] }],
  ['bare', 'users', { username: expect.any(String) }],
  ['bare', 'domains', { id: expect.any(String) }],
  ['bare', 'orders', { id: '1' }],
  ['long-text', 'pets', { name: expect.stringMatching(/^.{2000}$/s) }],
  ['unicode', 'users', { firstName: expect.stringMatching(/[\u0400-\u04ff].*\p{Emoji_Presentation}/u) }],
  ['unicode', 'domains', { name: expect.stringMatching(/e\u0301/) }],
])('pack %s: the first of %s is what its name says', async (pack, collection, record) => {
  await admin('put', '/sessions/packed').send({ pack }).expect(200)
  const [first] = (await admin('get', `/state/${collection}`, 'packed')).body as unknown[]
  if (pack === 'bare') expect(first).toEqual(record)
  else expect(first).toMatchObject(record)
})

describe('snapshots', () => {
  test('a restore gives back what was, as often as asked for', async () => {
    await admin('post', '/snapshots/before').expect(200)
    for (const id of [1, 2]) {
      await call('delete', `/v2/pet/${id}`).expect(200)
      await admin('post', '/snapshots/before/restore').expect(200)
      await call('get', `/v2/pet/${id}`).expect(200)
    }
    expect((await admin('get', '/snapshots')).body).toEqual([{ name: 'before' }])
    await admin('delete', '/snapshots/before').expect(200)
    await admin('post', '/snapshots/before/restore').expect(404)
  })

  test('a diff names what was added, removed and changed since', async () => {
    await admin('post', '/snapshots/s').expect(200)
    await call('delete', '/v2/pet/1')
    await call('put', '/v2/domain').send({ id: 2, name: 'x', photoUrls: [] })
    await call('post', '/v2/user').send({ username: 'ada' })
    await call('put', '/v2/user/user1').send((await call('get', '/v2/user/user1')).body as object)
    expect((await admin('get', '/snapshots/s/diff')).body).toMatchObject({
      pets: { added: [], removed: [1], changed: [2] },
      users: { added: ['ada'], removed: [], changed: [] },
    })
  })
})

describe('clock', () => {
  const expiry = async () => (await call('get', '/v2/user/login?username=a&password=b')).headers['x-expires-after']

  test('every date follows it', async () => {
    await admin('put', '/clock').send({ now: '2031-05-06T07:08:09Z' }).expect(200)
    expect(await expiry()).toBe('2031-05-06T08:08:09.000Z')
    await admin('put', '/clock').send({ advance: 60_000 }).expect(200)
    expect(await expiry()).toBe('2031-05-06T08:09:09.000Z')
    expect((await call('get', '/v2/pet/1')).headers.date).toBe('Tue, 06 May 2031 07:09:09 GMT')
    expect((await admin('get', '/clock')).body).toEqual({ now: '2031-05-06T07:09:09.000Z', frozen: true })
  })

  test('it runs when it is told to, and stands still again', async () => {
    await admin('put', '/clock').send({ frozen: false }).expect(200)
    const now = async () => Date.parse(((await admin('get', '/clock')).body as { now: string }).now)
    const start = await now()
    let later = start
    while (later === start) later = await now()
    expect(later).toBeGreaterThan(start)
    const { body } = await admin('put', '/clock').send({ frozen: true })
    expect((await admin('get', '/clock')).body).toEqual(body)
  })

  test.each([
    [{}],
    [{ now: 'tomorrow' }],
    [{ now: '2031-02-30T00:00:00Z' }],
    [{ now: '2031-01-01T24:00:01Z' }],
    [{ now: 5 }],
    [{ advance: 1e15 }],
    [{ tick: 1 }],
  ])('%j is refused', async (change) => {
    await admin('put', '/clock').send(change).expect(400)
    expect((await admin('get', '/clock')).body).toEqual({ now: '2030-01-01T00:00:00.000Z', frozen: true })
  })
})

describe('sessions', () => {
  test.each([
    ['header', (id: string) => supertest(mock.app).delete('/v2/pet/1').set('X-Mock-Session', id)],
    ['cookie', (id: string) => supertest(mock.app).delete('/v2/pet/1').set('Cookie', `a=b; X-Mock-Session=${id}`)],
    ['path', (id: string) => supertest(mock.app).delete(`/s/${id}/v2/pet/1`)],
  ])('a %s selects a session of its own', async (_how, remove) => {
    await remove('one').set('api_key', 'special-key').expect(200)
    await call('get', '/v2/pet/1', 'one').expect(404)
    await call('get', '/s/one/v2/pet/1').expect(404)
    await call('get', '/v2/pet/1', 'two').expect(200)
    await call('get', '/v2/pet/1').expect(200)
    await admin('post', '/reset', 'one').expect(200)
    await call('get', '/v2/pet/1', 'one').expect(200)
  })

  test('one that was ended is told apart from one that never was', async () => {
    await call('get', '/v2/pet/1', 'one').expect(200)
    expect((await admin('get', '/sessions')).body).toEqual([
      { id: 'default', state: 'alive' },
      { id: 'one', state: 'alive' },
    ])
    await admin('delete', '/sessions/one').expect(200)
    expect((await admin('get', '/sessions/one')).body).toEqual({ id: 'one', state: 'evicted', reason: 'ended' })
    expect((await admin('get', '/sessions/two')).body).toEqual({ id: 'two', state: 'unknown' })
    await admin('delete', '/sessions/two').expect(404)
  })

  test('a session starts from a pack', async () => {
    await admin('put', '/sessions/one').send({ pack: 'empty' }).expect(200)
    expect((await call('get', '/v2/store/inventory', 'one')).body).toEqual({ available: 0, pending: 0, sold: 0 })
    await call('get', '/v2/pet/1').expect(200)
  })

  test('a reset comes back to the pack that a session was started from', async () => {
    const pets = async () => ((await admin('get', '/state/pets', 'one')).body as unknown[]).length
    await admin('put', '/sessions/one').send({ pack: 'empty' }).expect(200)
    await admin('post', '/reset', 'one').send({ pack: 'one' }).expect(200)
    expect(await pets()).toBe(1)
    await admin('post', '/reset', 'one').expect(200)
    expect(await pets()).toBe(0)
    await admin('put', '/sessions/one').send({}).expect(200)
    expect(await pets()).toBe(10)
  })

  test('neither a question about a session nor a refusal starts it', async () => {
    await call('get', '/v2/pet/1', 'one').expect(200)
    await admin('delete', '/sessions/one', 'one').expect(200)
    expect((await admin('get', '/sessions/one', 'one')).body).toMatchObject({ state: 'evicted' })
    await admin('post', '/reset', 'one').set('origin', 'https://evil.example').expect(403)
    await admin('get', '/nothing', 'one').expect(404)
    expect((await admin('get', '/sessions', 'one')).body).toEqual([{ id: 'default', state: 'alive' }])
  })

  test('an id that is none is refused', async () => {
    const { body } = await call('get', '/v2/pet/1', 'a b').expect(400)
    expect(body).toMatchObject({ errors: [{ pointer: '/headers/X-Mock-Session' }] })
  })
})

describe('safety', () => {
  test.each([
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['no origin at all', { origin: 'null' }],
    ['a name that was rebound', { host: 'evil.example:4010' }],
    ['a page of another site', { 'sec-fetch-site': 'cross-site' }],
  ])('%s is refused', async (_what, headers) => {
    await call('delete', '/v2/pet/1').expect(200)
    const response = await admin('post', '/reset').set(headers).expect(403)
    expect(response.headers['access-control-allow-origin']).toBeUndefined()
    await call('get', '/v2/pet/1').expect(404)
  })

  test('an allowed origin may, and is told so', async () => {
    mock = createMock({ adminOrigins: ['http://localhost:3000'] })
    const origin = 'http://localhost:3000'
    const { headers } = await admin('post', '/reset').set({ origin }).expect(200)
    expect(headers['access-control-allow-origin']).toBe(origin)
    const preflight = await supertest(mock.app).options('/__admin/reset').set({ origin }).expect(204)
    expect(preflight.headers['access-control-allow-methods']).toBe('POST, OPTIONS')
  })

  test.each([
    ['an allowed origin may ask, to read its 404', 'http://localhost:3000', 204, 'PUT'],
    ['a foreign one gets the 404', 'http://a.example', 404, undefined],
  ])('a preflight of an unknown path: %s', async (_what, origin, expected, methods) => {
    mock = createMock({ adminOrigins: ['http://localhost:3000'] })
    const asked = { origin, 'access-control-request-method': 'PUT' }
    const { status, headers } = await supertest(mock.app).options('/__admin/unknown').set(asked)
    expect(status).toBe(expected)
    expect(headers['access-control-allow-methods']).toBe(methods)
    expect(headers.allow).toBeUndefined()
    expect(headers['content-type']).toBe(expected === 404 ? 'application/problem+json' : undefined)
  })

  test('a token is asked for where one is set', async () => {
    mock = createMock({ adminToken: 'secret' })
    const { headers } = await admin('post', '/reset').expect(401)
    expect(headers['www-authenticate']).toContain('Bearer')
    for (const wrong of ['Bearer', 'Bearer secre', 'Bearer secret2', 'Basic secret', 'secret'])
      await admin('post', '/reset').set('authorization', wrong).expect(401)
    await admin('post', '/reset').set('authorization', 'Bearer secret').set('host', 'mock.internal').expect(200)
  })
})

test('the control plane has a document of its own, and refuses by it', async () => {
  const { text } = await admin('get', '/openapi.yaml').expect(200)
  expect(text).toContain('operationId: putState')
  await admin('get', '/health').expect(200, { status: 'ok', product: 'inboxes-mock' })
  await admin('get', '/ready').expect(200, { status: 'ok', product: 'inboxes-mock' })
  await admin('get', '/nothing').expect(404)
  await admin('delete', '/state').expect(405)
})
