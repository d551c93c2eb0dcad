import { afterEach, describe, expect, test } from '@jest/globals'
import supertest from 'supertest'
import { createMock, type Mock } from './index.ts'

/** One request and what must come of it. */
interface Case {
  readonly what: string
  readonly send: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** Requests sent before, which must all succeed. */
  readonly after?: readonly (readonly [send: string, body?: unknown])[]
  readonly status: number
  readonly gives?: Readonly<Record<string, string | RegExp>>
  readonly value?: unknown
  readonly text?: string | RegExp
}

const PET = { id: 1, name: 'doggie', photoUrls: [] }
const JSON_TYPE = { 'content-type': 'application/json' }
const XML_TYPE = { 'content-type': 'application/xml' }
const XML = { accept: 'application/xml' }

/** The rows of the decisions that bind the mock, each with the requests that show it. */
const ROWS: Readonly<Record<string, readonly Case[]>> = {
  'POST /domain documents no success': [
    {
      what: 'gives the created domain',
      send: 'POST /domain',
      body: { name: 'shop.example' },
      status: 200,
      value: expect.objectContaining({
        id: expect.stringMatching(/./),
        name: 'shop.example',
        validate: expect.stringMatching(/./),
        status: 'missing validation',
        active: false,
      }),
    },
  ],
  'operations 2, 6, 7, 12, 18, 19 document no success': [
    { what: 'updatePet', send: 'PUT /domain', body: PET, status: 200, text: '' },
    {
      what: 'updatePetWithForm',
      send: 'POST /pet/1',
      body: 'name=rex',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      status: 200,
      text: '',
    },
    { what: 'deletePet', send: 'DELETE /pet/1', status: 200, text: '' },
    { what: 'deleteOrder', send: 'DELETE /store/order/1', status: 200, text: '' },
    { what: 'updateUser', send: 'PUT /user/user1', body: { firstName: 'Ada' }, status: 200, text: '' },
    { what: 'deleteUser', send: 'DELETE /user/user1', status: 200, text: '' },
  ],
  'the status that refuses an invalid request': [
    { what: 'a bad path parameter is 400', send: 'GET /pet/abc', status: 400 },
    { what: 'or 405 where only that is documented', send: 'POST /pet/abc', status: 405 },
    { what: 'a bad query is 400', send: 'GET /pet/findByStatus?status=gone', status: 400 },
    { what: 'a missing query is 400', send: 'GET /pet/findByTags', status: 400 },
    { what: 'a bad body is 405', send: 'POST /domain', body: { name: 1 }, status: 405 },
    { what: 'or 400 where 405 is not documented', send: 'POST /store/order', body: { id: 1 }, status: 400 },
    { what: 'PUT /domain without an id is 400', send: 'PUT /domain', body: { name: 'a', photoUrls: [] }, status: 400 },
    {
      what: 'PUT /domain with an id that is no integer is 400',
      send: 'PUT /domain',
      body: { ...PET, id: 'x' },
      status: 400,
    },
    { what: 'PUT /domain with a negative id is 400', send: 'PUT /domain', body: { ...PET, id: -1 }, status: 400 },
    { what: 'PUT /domain with an unknown id is 404', send: 'PUT /domain', body: { ...PET, id: 999 }, status: 404 },
    {
      what: 'PUT /domain with anything else wrong is 405',
      send: 'PUT /domain',
      body: { ...PET, status: 'gone' },
      status: 405,
    },
    { what: 'a bad id counts before anything else', send: 'PUT /domain', body: { id: 'x', name: 1 }, status: 400 },
    { what: 'a list for a body is 405', send: 'PUT /domain', body: [PET], status: 405 },
    { what: 'an empty body is 405', send: 'PUT /domain', headers: JSON_TYPE, body: '', status: 405 },
    { what: 'a malformed body is 405', send: 'PUT /domain', headers: JSON_TYPE, body: '{"id":', status: 405 },
    { what: 'createUser refuses with 400', send: 'POST /user', body: { username: 1 }, status: 400 },
    { what: 'createUsersWithListInput refuses with 400', send: 'POST /user/createWithList', body: {}, status: 400 },
    { what: 'uploadFile refuses with 400', send: 'POST /pet/abc/uploadImage', status: 400 },
  ],
  '405 also means a wrong method': [
    {
      what: 'a known path names its methods',
      send: 'DELETE /domain',
      status: 405,
      gives: { allow: 'POST, PUT, OPTIONS' },
    },
    {
      what: 'fixed paths win for every method',
      send: 'DELETE /pet/findByStatus',
      status: 405,
      gives: { allow: 'GET, HEAD, OPTIONS' },
    },
    {
      what: 'a 405 for a bad body has Allow too',
      send: 'POST /domain',
      body: { name: 1 },
      status: 405,
      gives: { allow: 'POST, PUT, OPTIONS' },
    },
    { what: 'an unknown path is 404', send: 'GET /nothing', status: 404 },
    {
      what: 'HEAD answers as GET without a body',
      send: 'HEAD /pet/1',
      status: 200,
      gives: { 'content-length': /^[1-9]/ },
    },
    {
      what: 'OPTIONS is 204',
      send: 'OPTIONS /pet/1',
      status: 204,
      gives: { allow: 'GET, POST, DELETE, HEAD, OPTIONS' },
    },
    { what: 'OPTIONS on an unknown path is 404', send: 'OPTIONS /nothing', status: 404 },
  ],
  '`default` is "successful operation"': [
    { what: 'createUser', send: 'POST /user', body: { username: 'ada' }, status: 200, text: '' },
    {
      what: 'createUsersWithListInput',
      send: 'POST /user/createWithList',
      body: [{ username: 'ada' }],
      status: 200,
      text: '',
    },
    { what: 'logoutUser', send: 'GET /user/logout', status: 200, text: '' },
  ],
  '9 operations must be authenticated': [
    {
      what: 'no key',
      send: 'GET /pet/1',
      headers: { api_key: '' },
      status: 401,
      gives: { 'www-authenticate': /api_key/ },
    },
    { what: 'a wrong key', send: 'GET /pet/1', headers: { api_key: 'wrong' }, status: 401 },
    { what: 'a key in the query', send: 'GET /pet/1?api_key=special-key', headers: { api_key: '' }, status: 401 },
    { what: 'before a bad parameter', send: 'GET /pet/abc', headers: { api_key: 'wrong' }, status: 401 },
    { what: 'not for the store', send: 'GET /store/order/1', headers: { api_key: 'wrong' }, status: 200 },
  ],
  'no error has a body': [
    {
      what: 'problem details',
      send: 'GET /pet/999',
      status: 404,
      gives: { 'content-type': 'application/problem+json' },
      value: {
        type: 'about:blank',
        title: 'Not Found',
        status: 404,
        detail: expect.any(String),
        instance: '/v2/pet/999',
      },
    },
    {
      what: 'one entry for each violation',
      send: 'PUT /domain',
      body: { id: 1, photoUrls: [1], status: 'availible' },
      status: 405,
      value: expect.objectContaining({
        errors: expect.arrayContaining([
          { pointer: '/body/name', expected: expect.stringMatching(/^string \(openapi.yaml, line \d+\)$/) },
          { pointer: '/body/photoUrls/0', expected: expect.stringMatching(/^string/), received: 1 },
          {
            pointer: '/body/status',
            expected: expect.stringMatching(/^one of available, pending, sold/),
            received: 'availible',
            suggestion: 'available',
          },
        ]),
      }),
    },
  ],
  'no 406, 413, 415': [
    {
      what: '406 where no media type of the 200 is acceptable',
      send: 'GET /pet/1',
      headers: { accept: 'text/html' },
      status: 406,
    },
    { what: '406 for XML of a JSON-only operation', send: 'GET /store/inventory', headers: XML, status: 406 },
    { what: '406 for text/xml', send: 'GET /pet/1', headers: { accept: 'text/xml' }, status: 406 },
    {
      what: '413 above 10 MB',
      send: 'POST /user',
      headers: JSON_TYPE,
      body: `{"username":"${'a'.repeat(10 * 1024 * 1024)}"}`,
      status: 413,
    },
    {
      what: '415 for an undeclared Content-Type',
      send: 'POST /user',
      headers: { 'content-type': 'text/plain' },
      body: 'x',
      status: 415,
    },
    {
      what: '415 for XML where only JSON is taken',
      send: 'POST /user',
      headers: XML_TYPE,
      body: '<User/>',
      status: 415,
    },
    { what: 'an empty 200 ignores Accept', send: 'DELETE /pet/1', headers: { accept: 'text/html' }, status: 200 },
  ],
  'order ids': [
    { what: 'the fixtures hold 1', send: 'GET /store/order/1', status: 200, value: { name: expect.any(String) } },
    { what: 'and 10', send: 'GET /store/order/10', status: 200 },
    { what: '0 is 400', send: 'GET /store/order/0', status: 400 },
    { what: '11 is 400', send: 'GET /store/order/11', status: 400 },
    {
      what: 'a stored one is always found',
      send: 'GET /store/order/77',
      after: [['POST /store/order', { id: '77', name: 'x' }]],
      status: 200,
      value: { name: 'x' },
    },
    {
      what: 'a deleted one of 1 to 10 is 404',
      send: 'GET /store/order/3',
      after: [['DELETE /store/order/3']],
      status: 404,
    },
    { what: 'no integer is 400', send: 'GET /store/order/x', status: 400 },
    { what: 'deleting 0 is 400', send: 'DELETE /store/order/0', status: 400 },
    { what: 'deleting -1 is 400', send: 'DELETE /store/order/-1', status: 400 },
    { what: 'deleting an absent one is 404', send: 'DELETE /store/order/999', status: 404 },
  ],
  'placeOrder takes and returns Domain': [
    {
      what: 'the id is the number',
      send: 'POST /store/order',
      body: { id: '12', name: 'a' },
      status: 200,
      value: { id: '12', name: 'a', active: false },
    },
    {
      what: 'a missing id gets the next free number',
      send: 'POST /store/order',
      body: { name: 'a' },
      status: 200,
      value: expect.objectContaining({ id: '11' }),
    },
    {
      what: 'which skips what is taken',
      send: 'POST /store/order',
      after: [['POST /store/order', { id: '11' }]],
      body: {},
      status: 200,
      value: expect.objectContaining({ id: '12' }),
    },
    {
      what: 'and is not moved by a given id',
      send: 'POST /store/order',
      after: [['POST /store/order', { id: '500' }]],
      body: {},
      status: 200,
      value: expect.objectContaining({ id: '11' }),
    },
    { what: 'no canonical decimal is 400', send: 'POST /store/order', body: { id: '007' }, status: 400 },
    { what: '0 is 400', send: 'POST /store/order', body: { id: '0' }, status: 400 },
    { what: 'a word is 400', send: 'POST /store/order', body: { id: 'abc' }, status: 400 },
    { what: 'an unsafe number is 400', send: 'POST /store/order', body: { id: '9007199254740993' }, status: 400 },
    {
      what: 'an order without a name is fine',
      send: 'GET /store/order/11',
      after: [['POST /store/order', {}]],
      status: 200,
      value: {},
    },
  ],
  'arrays in the query': [
    { what: 'comma separated', send: 'GET /pet/findByStatus?status=sold,pending', status: 200 },
    { what: 'with an encoded comma', send: 'GET /pet/findByStatus?status=sold%2Cpending', status: 200 },
    { what: 'repeated', send: 'GET /pet/findByStatus?status=sold&status=pending', status: 200 },
    { what: 'trimmed', send: 'GET /pet/findByStatus?status=%20sold%20,', status: 200 },
    { what: 'all blank', send: 'GET /pet/findByStatus?status=,%20,', status: 400 },
    { what: 'a tag nobody has', send: 'GET /pet/findByTags?tags=nobody', status: 200, value: [] },
    { what: 'one bad value', send: 'GET /pet/findByStatus?status=sold,gone', status: 400 },
  ],
  'tag1, tag2, tag3 and user1 are for testing': [
    {
      what: 'tag1',
      send: 'GET /pet/findByTags?tags=tag1',
      status: 200,
      value: expect.arrayContaining([expect.anything()]),
    },
    {
      what: 'tag2',
      send: 'GET /pet/findByTags?tags=tag2',
      status: 200,
      value: expect.arrayContaining([expect.anything()]),
    },
    {
      what: 'tag3',
      send: 'GET /pet/findByTags?tags=tag3',
      status: 200,
      value: expect.arrayContaining([expect.anything()]),
    },
    { what: 'user1', send: 'GET /user/user1', status: 200, value: expect.objectContaining({ username: 'user1' }) },
  ],
  'invalid tag value, invalid username': [
    { what: 'a blank tag', send: 'GET /pet/findByTags?tags=%20', status: 400 },
    { what: 'a blank username', send: 'GET /user/%20', status: 400 },
    { what: 'a blank username to delete', send: 'DELETE /user/%20', status: 400 },
  ],
  int64: [
    { what: 'in a path', send: 'GET /pet/9007199254740993', status: 400 },
    {
      what: 'in a body',
      send: 'PUT /domain',
      headers: JSON_TYPE,
      body: '{"id":9007199254740993,"name":"a","photoUrls":[]}',
      status: 400,
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
  '`{}` is a valid DomainIn, Domain and User': [
    { what: 'an empty domain is refused', send: 'POST /domain', body: {}, status: 405 },
    { what: 'a blank domain name is refused', send: 'POST /domain', body: { name: ' ' }, status: 405 },
    { what: 'an empty user is refused', send: 'POST /user', body: {}, status: 400 },
    { what: 'an empty order is fine', send: 'POST /store/order', body: {}, status: 200 },
    { what: 'an empty category is fine', send: 'PUT /domain', body: { ...PET, category: {} }, status: 200 },
    { what: 'a PUT of a user without a username is fine', send: 'PUT /user/user1', body: {}, status: 200 },
  ],
  'unknown query parameters': [{ what: 'are accepted', send: 'GET /pet/1?verbose=1', status: 200 }],
  'form status has no enum': [
    {
      what: 'a value outside the enum of Pet is 405',
      send: 'POST /pet/1',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'status=gone',
      status: 405,
    },
    {
      what: 'a value of it is stored',
      send: 'POST /pet/1',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'status=sold',
      status: 200,
    },
  ],
  'bodies of 6 and 8 are optional': [
    { what: 'updatePetWithForm', send: 'POST /pet/1', status: 200 },
    { what: 'uploadFile', send: 'POST /pet/1/uploadImage', status: 200, value: expect.objectContaining({ code: 200 }) },
  ],
  'login returns a token nothing accepts': [
    {
      what: 'a stored user with the right password',
      send: 'GET /user/login?username=ada&password=secret',
      after: [['POST /user', { username: 'ada', password: 'secret' }]],
      status: 200,
      gives: { 'x-rate-limit': /^\d+$/, 'x-expires-after': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/ },
      value: expect.any(String),
    },
    { what: 'any name not stored', send: 'GET /user/login?username=nobody&password=x', status: 200 },
    { what: 'a wrong password', send: 'GET /user/login?username=user1&password=wrong', status: 400 },
    { what: 'a blank username', send: 'GET /user/login?username=&password=x', status: 400 },
    { what: 'a missing password', send: 'GET /user/login?username=user1', status: 400 },
  ],
  'usernames login, logout, createWithList': [
    { what: 'creating such a user is refused', send: 'POST /user', body: { username: 'login' }, status: 400 },
    {
      what: 'in a list too',
      send: 'POST /user/createWithList',
      body: [{ username: 'ada' }, { username: 'logout' }],
      status: 400,
    },
    { what: 'fixed paths win', send: 'GET /user/logout', status: 200, text: '' },
  ],
  'a taken name; another name in the body': [
    {
      what: 'createUser overwrites',
      send: 'GET /user/user1',
      after: [['POST /user', { username: 'user1', phone: '1' }]],
      status: 200,
      value: { username: 'user1', phone: '1' },
    },
    {
      what: 'the path wins',
      send: 'GET /user/user1',
      after: [['PUT /user/user1', { username: 'other', phone: '2' }]],
      status: 200,
      value: { username: 'user1', phone: '2' },
    },
  ],
  'password in User': [
    {
      what: 'is returned as stored',
      send: 'GET /user/ada',
      after: [['POST /user', { username: 'ada', password: 'secret' }]],
      status: 200,
      value: { username: 'ada', password: 'secret' },
    },
  ],
  'samples ask for XML and parse JSON': [
    {
      what: 'no Accept is JSON',
      send: 'GET /pet/1',
      headers: { accept: '' },
      status: 200,
      gives: { 'content-type': /^application\/json/ },
    },
    {
      what: '*/* is JSON',
      send: 'GET /pet/1',
      headers: { accept: '*/*' },
      status: 200,
      gives: { 'content-type': /^application\/json/ },
    },
    {
      what: 'equal preference is JSON',
      send: 'GET /pet/1',
      headers: { accept: 'application/xml, application/json' },
      status: 200,
      gives: { 'content-type': /^application\/json/ },
    },
    {
      what: 'caches are told',
      send: 'GET /pet/1',
      status: 200,
      gives: { vary: 'Accept' },
    },
    {
      what: 'XML when preferred',
      send: 'GET /pet/1',
      headers: { accept: 'application/json;q=0.5, application/xml' },
      status: 200,
      gives: { 'content-type': /^application\/xml/ },
    },
  ],
  'XML arrays have no root in the reference': [
    {
      what: 'Pets',
      send: 'GET /pet/findByStatus?status=sold',
      headers: XML,
      status: 200,
      text: /<Pets><Pet>.*<\/Pet><\/Pets>\s*$/s,
    },
    {
      what: 'string',
      send: 'GET /user/login?username=nobody&password=x',
      headers: XML,
      status: 200,
      text: /<string>[^<]+<\/string>\s*$/,
    },
    { what: 'Pet', send: 'GET /pet/1', headers: XML, status: 200, text: /<Pet><id>1<\/id>/ },
  ],
  'XML request bodies': [
    {
      what: 'one-element arrays',
      send: 'GET /pet/1',
      after: [
        [
          'PUT /domain',
          '<Pet><id>1</id><name>A &amp; B</name><photoUrls>u</photoUrls><tags><id>5</id><name>t</name></tags></Pet>',
        ],
      ],
      status: 200,
      value: { id: 1, name: 'A & B', photoUrls: ['u'], tags: [{ id: 5, name: 't' }] },
    },
    {
      what: 'an absent required array is empty',
      send: 'GET /pet/1',
      after: [['PUT /domain', '<Pet><id>1</id><name>a</name></Pet>']],
      status: 200,
      value: { id: 1, name: 'a', photoUrls: [] },
    },
    {
      what: 'validated like JSON',
      send: 'PUT /domain',
      headers: XML_TYPE,
      body: '<Pet><id>1</id><name>a</name><status>gone</status></Pet>',
      status: 405,
    },
    {
      what: 'no doctype',
      send: 'PUT /domain',
      headers: XML_TYPE,
      body: '<!DOCTYPE Pet><Pet><id>1</id><name>a</name></Pet>',
      status: 405,
    },
    {
      what: 'no entities',
      send: 'PUT /domain',
      headers: XML_TYPE,
      body: '<Pet><id>1</id><name>&x;</name></Pet>',
      status: 405,
    },
  ],
  'inventory keys': [
    {
      what: 'are always current',
      send: 'GET /store/inventory',
      after: [['PUT /domain', { ...PET, status: 'sold' }]],
      status: 200,
      value: { available: expect.any(Number), pending: expect.any(Number), sold: expect.any(Number) },
    },
  ],
  'case and trailing slash': [
    { what: 'a trailing slash is another path', send: 'GET /pet/1/', status: 404 },
    { what: 'paths are case-sensitive', send: 'GET /Pet/1', status: 404 },
  ],
  'order of refusals': [
    { what: '404 before 401', send: 'GET /nothing', headers: { api_key: 'wrong' }, status: 404 },
    { what: '405 before 401', send: 'PATCH /pet/1', headers: { api_key: 'wrong' }, status: 405 },
    { what: '401 before 406', send: 'GET /pet/1', headers: { api_key: 'wrong', accept: 'text/html' }, status: 401 },
    {
      what: '406 before 415',
      send: 'POST /domain',
      headers: { accept: 'text/html', 'content-type': 'text/plain' },
      body: 'x',
      status: 406,
    },
    {
      what: '415 before 400',
      send: 'POST /pet/abc/uploadImage',
      headers: { 'content-type': 'text/plain' },
      body: 'x',
      status: 415,
    },
    { what: '400 before 404', send: 'PUT /user/nobody', body: { id: 'x' }, status: 400 },
  ],
  CORS: [
    {
      what: 'on answers',
      send: 'GET /pet/1',
      headers: { origin: 'http://localhost:3000' },
      status: 200,
      gives: { 'access-control-allow-origin': '*', 'access-control-expose-headers': /X-Rate-Limit.*X-Expires-After/ },
    },
    {
      what: 'on refusals',
      send: 'GET /pet/999',
      headers: { origin: 'http://localhost:3000' },
      status: 404,
      gives: { 'access-control-allow-origin': '*' },
    },
    {
      what: 'on preflights',
      send: 'OPTIONS /domain',
      headers: { origin: 'http://localhost:3000', 'access-control-request-method': 'PUT' },
      status: 204,
      gives: { 'access-control-allow-headers': /api_key.*Content-Type/, 'access-control-allow-methods': /PUT/ },
    },
  ],
}

let mock: Mock
afterEach(() => expect(mock.defects).toEqual([]))

function send(line: string, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const [method = '', target = ''] = line.split(' ')
  const request = supertest(mock.app)[method.toLowerCase() as 'get'](`/v2${target}`)
  request.set({ api_key: 'special-key', ...headers })
  if (typeof body === 'string' && body.startsWith('<')) request.type('application/xml')
  return body === undefined ? request : request.send(body as object)
}

describe.each(Object.entries(ROWS))('%s', (_row, cases) => {
  test.each(cases.map((row) => [row.what, row] as const))('%s', async (_what, row) => {
    mock = createMock()
    for (const [line, body] of row.after ?? []) expect((await send(line, body)).status).toBe(200)
    const { status, headers, body, text } = await send(row.send, row.body, row.headers)
    expect(status).toBe(row.status)
    for (const [name, value] of Object.entries(row.gives ?? {}))
      expect(headers[name]).toEqual(value instanceof RegExp ? expect.stringMatching(value) : value)
    if (row.value !== undefined) expect(body).toEqual(row.value)
    if (row.text !== undefined)
      expect(text ?? '').toEqual(row.text instanceof RegExp ? expect.stringMatching(row.text) : row.text)
  })
})

test('a property that is missing under a name that is nearly its own is suggested', async () => {
  mock = createMock()
  const { body } = await send('PUT /domain', { id: 1, name: 'a', photoUrl: [] })
  expect(body).toMatchObject({ errors: [{ pointer: '/body/photoUrls', suggestion: 'photoUrls in place of photoUrl' }] })
})

test('uploadFile takes a real file: its name and size in the message, and a photo for the pet', async () => {
  mock = createMock()
  const { status, body } = await send('POST /pet/1/uploadImage', undefined)
    .field('additionalMetadata', 'front view')
    .attach('file', Buffer.from('12345'), 'rex.png')
  expect(status).toBe(200)
  expect(body).toEqual({
    code: 200,
    type: 'success',
    message: 'additionalMetadata: front view\nFile rex.png uploaded, 5 bytes',
  })
  expect(mock.store.pets.get(1)?.photoUrls.at(-1)).toBe('https://images.inboxes.example/pets/1/rex.png')
})
