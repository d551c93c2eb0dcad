import { expect } from '@jest/globals'
import type { Mock } from '../../src/index.ts'
import { DEFAULT_SESSION } from '../../src/mock/sessions/sessions.ts'
import { ask, FORM_TYPE, JSON_TYPE, NO_KEY, PET, type Rows, testRows, XML_TYPE } from './rows.test.support.ts'

/** Shows that a query finds the same pets as another, and not nothing. */
function same(query: string, other: string) {
  return async (mock: Mock) => {
    const [one, two] = await Promise.all([query, other].map((send) => ask(mock, { send: `GET /pet/${send}` })))
    expect([one?.status, one?.body.length > 0]).toEqual([200, true])
    expect(two?.body).toEqual(one?.body)
  }
}

const SOLD_OR_PENDING = 'findByStatus?status=sold,pending'
const LISTS = [
  ['repeated', 'findByStatus?status=sold&status=pending'],
  ['trimmed', 'findByStatus?status=%20sold%20,+pending+'],
  ['in any order, and twice', 'findByStatus?status=pending,sold,sold'],
] as const

const ROWS: Rows = {
  'Arrays in the query: "comma separated strings", samples repeat the key': [
    ...LISTS.map(([what, query]) => ({ what, prove: same(SOLD_OR_PENDING, query) })),
    {
      what: 'any match counts',
      prove: async (mock) => {
        const { body } = await ask(mock, { send: `GET /pet/${SOLD_OR_PENDING}` })
        const stored = [...mock.store.pets.values()].filter(({ status }) => status !== 'available')
        expect(body).toEqual(stored)
      },
    },
    { what: 'one bad value is 400', send: 'GET /pet/findByStatus?status=sold,gone', status: 400 },
  ],
  'Lists in the query': [
    { what: 'an encoded comma separates', prove: same(SOLD_OR_PENDING, 'findByStatus?status=sold%2Cpending') },
    { what: 'blank items are ignored', prove: same(SOLD_OR_PENDING, 'findByStatus?status=,sold,%20,pending,') },
    { what: 'all blank is 400', send: 'GET /pet/findByStatus?status=,%20,', status: 400 },
    { what: 'empty is 400', send: 'GET /pet/findByTags?tags=', status: 400 },
  ],
  '`tag1, tag2, tag3` and `user1` are "for testing"': [
    ...['tag1', 'tag2', 'tag3'].map((tag) => ({
      what: tag,
      send: `GET /pet/findByTags?tags=${tag}`,
      status: 200,
      value: expect.arrayContaining([
        expect.objectContaining({ tags: expect.arrayContaining([expect.objectContaining({ name: tag })]) }),
      ]),
    })),
    { what: 'user1', send: 'GET /user/user1', status: 200, value: expect.objectContaining({ username: 'user1' }) },
    { what: 'a tag nobody has', send: 'GET /pet/findByTags?tags=nobody', status: 200, value: [] },
  ],
  '"Invalid tag value", "Invalid username supplied"': [
    { what: 'a blank tag', send: 'GET /pet/findByTags?tags=%20', status: 400 },
    { what: 'a blank username', send: 'GET /user/%20', status: 400 },
    { what: 'a blank username to update', send: 'PUT /user/%20', body: {}, status: 400 },
    { what: 'a blank username to delete', send: 'DELETE /user/%20', status: 400 },
  ],
  int64: [
    { what: 'too large in a path', send: 'GET /pet/9007199254740992', status: 400 },
    { what: 'the largest in a path', send: 'GET /pet/9007199254740991', status: 404 },
    { what: 'in the path of an order', send: 'GET /store/order/9007199254740993', status: 400 },
    {
      what: 'in a body',
      send: 'POST /user',
      headers: JSON_TYPE,
      body: '{"username":"a","id":9007199254740993}',
      status: 400,
    },
    {
      what: 'the largest in a body',
      send: 'POST /user',
      headers: JSON_TYPE,
      body: '{"username":"a","id":9007199254740991}',
      status: 200,
      afterwards: [{ send: 'GET /user/a', status: 200, text: '{"id":9007199254740991,"username":"a"}' }],
    },
    {
      what: 'deep in a body',
      send: 'PUT /domain',
      headers: JSON_TYPE,
      body: '{"id":1,"name":"a","photoUrls":[],"tags":[{"id":9007199254740993}]}',
      status: 405,
    },
    {
      what: 'in XML',
      send: 'PUT /domain',
      headers: XML_TYPE,
      body: '<Pet><id>9007199254740993</id><name>a</name></Pet>',
      status: 400,
    },
    { what: 'negative pet ids', send: 'GET /pet/-1', status: 400 },
    { what: 'an escaped digit is a digit', send: 'GET /pet/%31', status: 200 },
    ...['1e3', '0x10', '%2012', '1.0', 'Infinity', '007', '+1'].map((id) => ({
      what: `never coerced: ${id}`,
      send: `GET /pet/${id}`,
      status: 400,
    })),
  ],
  '"A bad path parameter" includes a negative or unsafe id': [
    ...['-1', '9007199254740993'].flatMap((id) => [
      { what: `400 for ${id}`, send: `DELETE /pet/${id}`, status: 400 },
      { what: `405 for ${id} on operation 6`, send: `POST /pet/${id}`, status: 405 },
      { what: `400 for ${id} on operation 8`, send: `POST /pet/${id}/uploadImage`, status: 400 },
    ]),
  ],
  'Unknown query parameters': [
    {
      what: 'are accepted, and noted in the journal',
      prove: async (mock) => {
        expect((await ask(mock, { send: 'GET /pet/1?verbose=1' })).status).toBe(200)
        expect(mock.session(DEFAULT_SESSION).journal.find()).toMatchObject([{ unknownQuery: ['verbose'] }])
      },
    },
  ],
  'Form `status` has no enum, Pet.status has': [
    {
      what: 'a value outside the enum of Pet is 405',
      send: 'POST /pet/1',
      headers: FORM_TYPE,
      body: 'name=rex&status=gone',
      status: 405,
      value: expect.objectContaining({
        errors: [expect.objectContaining({ pointer: '/body/status', received: 'gone' })],
      }),
      afterwards: [{ send: 'GET /pet/1', status: 200, value: expect.not.objectContaining({ name: 'rex' }) }],
    },
    {
      what: 'a value of it is stored',
      send: 'POST /pet/1',
      headers: FORM_TYPE,
      body: 'status=sold',
      status: 200,
      afterwards: [{ send: 'GET /pet/1', status: 200, value: expect.objectContaining({ status: 'sold' }) }],
    },
  ],
  'Bodies of 6 and 8 are optional': [
    { what: 'updatePetWithForm', send: 'POST /pet/1', status: 200 },
    { what: 'uploadFile', send: 'POST /pet/1/uploadImage', status: 200, value: expect.objectContaining({ code: 200 }) },
  ],
  'DELETE /pet lists `api_key` twice': [
    { what: 'one header is enough', send: 'DELETE /pet/1', status: 200 },
    { what: 'and is needed', send: 'DELETE /pet/1', headers: NO_KEY, status: 401 },
  ],
  'inventory keys': [
    {
      what: 'are the statuses of pets, always current',
      prove: async (mock) => {
        const count = () => {
          const counts: Record<string, number> = { available: 0, pending: 0, sold: 0 }
          for (const { status = '' } of mock.store.pets.values()) counts[status] = (counts[status] ?? 0) + 1
          return counts
        }
        const inventory = async () => (await ask(mock, { send: 'GET /store/inventory' })).body
        const before = count()
        expect(await inventory()).toEqual(before)
        await ask(mock, { send: 'PUT /domain', body: { ...PET, status: 'sold' } })
        await ask(mock, { send: 'DELETE /pet/2' })
        expect(count()).not.toEqual(before)
        expect(await inventory()).toEqual(count())
      },
    },
  ],
  'Case and trailing slash': [
    { what: 'a trailing slash is another path', send: 'GET /pet/1/', status: 404 },
    { what: 'paths are case-sensitive', send: 'GET /Pet/1', status: 404 },
  ],
  'Fixed paths win over templates for every method': [
    {
      what: 'DELETE /pet/findByStatus is 405',
      send: 'DELETE /pet/findByStatus',
      status: 405,
      gives: { allow: 'GET, HEAD, OPTIONS' },
    },
    { what: 'PUT /user/login is 405', send: 'PUT /user/login', status: 405, gives: { allow: 'GET, HEAD, OPTIONS' } },
  ],
  'OPTIONS on an unknown path is 404': [
    { what: 'below the base path', send: 'OPTIONS /nothing', status: 404 },
    {
      what: 'the login headers come with its 200 only',
      send: 'GET /user/login?username=user1&password=wrong',
      status: 400,
      gives: { 'x-rate-limit': undefined, 'x-expires-after': undefined },
    },
  ],
}

testRows(ROWS)
