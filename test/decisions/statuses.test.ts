import { expect } from '@jest/globals'
import { createMock } from '../../src/index.ts'
import {
  ask,
  FORM_TYPE,
  JSON_TYPE,
  NO_KEY,
  PET,
  PROBLEM,
  type Rows,
  TOO_LARGE,
  testRows,
  typed,
} from './rows.test.support.ts'

const EMPTY = { status: 200, text: '' }

const ROWS: Rows = {
  'POST /domain documents no success': [
    {
      what: 'gives the created domain',
      send: 'POST /domain',
      body: { name: 'shop.example' },
      status: 200,
      value: {
        id: expect.stringMatching(/^[0-9a-f]{24}$/),
        name: 'shop.example',
        validate: expect.stringMatching(/^inboxes-verification=[0-9a-f]{32}$/),
        status: 'missing validation',
        active: false,
      },
    },
  ],
  'Operations 2, 6, 7, 12, 18, 19 document no success': [
    { what: 'updatePet', send: 'PUT /domain', body: PET, ...EMPTY },
    { what: 'updatePetWithForm', send: 'POST /pet/1', body: 'name=rex', headers: FORM_TYPE, ...EMPTY },
    { what: 'deletePet', send: 'DELETE /pet/1', ...EMPTY, afterwards: [{ send: 'GET /pet/1', status: 404 }] },
    {
      what: 'deleteOrder',
      send: 'DELETE /store/order/1',
      ...EMPTY,
      afterwards: [{ send: 'GET /store/order/1', status: 404 }],
    },
    { what: 'updateUser', send: 'PUT /user/user1', body: { firstName: 'Ada' }, ...EMPTY },
    {
      what: 'deleteUser',
      send: 'DELETE /user/user1',
      ...EMPTY,
      afterwards: [{ send: 'GET /user/user1', status: 404 }],
    },
  ],
  'Which status refuses an invalid request': [
    { what: 'a bad path parameter is 400', send: 'GET /pet/abc', status: 400 },
    { what: 'or 405 where only that is documented', send: 'POST /pet/abc', status: 405 },
    { what: 'a bad query is 400', send: 'GET /pet/findByStatus?status=gone', status: 400 },
    { what: 'a missing query is 400', send: 'GET /pet/findByTags', status: 400 },
    { what: 'a bad body is 405', send: 'POST /domain', body: { name: 1 }, status: 405 },
    { what: 'or 400 where 405 is not documented', send: 'POST /store/order', body: { id: 1 }, status: 400 },
    { what: 'a missing body too', send: 'POST /domain', status: 405 },
    { what: 'and a malformed one', send: 'POST /user', headers: JSON_TYPE, body: '{"username":', status: 400 },
    {
      what: 'PUT /domain: no integer id 400',
      send: 'PUT /domain',
      body: { ...PET, id: 'x' },
      status: 400,
    },
    { what: 'PUT /domain: unknown id 404', send: 'PUT /domain', body: { ...PET, id: 999 }, status: 404 },
    { what: 'PUT /domain: anything else wrong 405', send: 'PUT /domain', body: { ...PET, status: 'x' }, status: 405 },
    { what: 'createUser: 400', send: 'POST /user', body: { username: 1 }, status: 400 },
    { what: 'createUsersWithListInput: 400', send: 'POST /user/createWithList', body: {}, status: 400 },
    { what: 'uploadFile: 400', send: 'POST /pet/abc/uploadImage', status: 400 },
  ],
  '405 also means a wrong method': [
    {
      what: 'a known path names its methods',
      send: 'DELETE /domain',
      status: 405,
      gives: { allow: 'POST, PUT, OPTIONS' },
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
      what: 'HEAD answers as GET without the body',
      send: 'HEAD /pet/1',
      status: 200,
      gives: { 'content-length': /^[1-9]/, 'content-type': 'application/json' },
      text: '',
    },
    { what: 'HEAD too is refused', send: 'HEAD /pet/999', status: 404, gives: PROBLEM, text: '' },
    {
      what: 'OPTIONS is 204',
      send: 'OPTIONS /pet/1',
      status: 204,
      gives: { allow: 'GET, POST, DELETE, HEAD, OPTIONS', 'access-control-allow-origin': '*' },
    },
  ],
  '`default` is "successful operation", so formally a 500 is one': [
    { what: 'createUser', send: 'POST /user', body: { username: 'ada' }, ...EMPTY },
    { what: 'createUsersWithListInput', send: 'POST /user/createWithList', body: [{ username: 'ada' }], ...EMPTY },
    { what: 'logoutUser', send: 'GET /user/logout', ...EMPTY },
  ],
  'No 401 or 403 is documented though 9 operations "must be authenticated"': [
    ...[
      'POST /domain',
      'PUT /domain',
      'GET /pet/findByStatus?status=sold',
      'GET /pet/findByTags?tags=tag1',
      'GET /pet/1',
      'POST /pet/1',
      'DELETE /pet/1',
      'POST /pet/1/uploadImage',
      'GET /store/inventory',
    ].map((send) => ({
      what: `${send} without a key`,
      send,
      headers: NO_KEY,
      status: 401,
      gives: { 'www-authenticate': /api_key/, ...PROBLEM },
    })),
    { what: 'a wrong key', send: 'GET /pet/1', headers: { api_key: 'wrong' }, status: 401 },
    { what: 'a key in the query', send: 'GET /pet/1?api_key=special-key', headers: NO_KEY, status: 401 },
    { what: 'none for the store', send: 'GET /store/order/1', headers: NO_KEY, status: 200 },
  ],
  '`special-key` is the advertised key': [
    { what: 'accepted by default', send: 'GET /pet/1', headers: { api_key: 'special-key' }, status: 200 },
    {
      what: 'others by option',
      prove: async () => {
        const mock = createMock({ apiKeys: ['one', 'two'] })
        const statuses = ['one', 'two', 'special-key'].map(
          async (key) => (await ask(mock, { send: 'GET /pet/1', headers: { api_key: key } })).status,
        )
        expect(await Promise.all(statuses)).toEqual([200, 200, 401])
      },
    },
  ],
  'No error has a body': [
    {
      what: 'problem details',
      send: 'GET /pet/999',
      status: 404,
      gives: PROBLEM,
      value: {
        type: 'about:blank',
        title: 'Not Found',
        status: 404,
        detail: expect.any(String),
        instance: '/v2/pet/999',
        errors: [
          {
            pointer: '/path/petId',
            expected: expect.stringMatching(/^the id of a pet that is stored \(openapi.yaml, line \d+\)$/),
            received: 999,
          },
        ],
      },
    },
    {
      what: 'one entry for each violation',
      send: 'PUT /domain',
      body: { id: 1, photoUrls: [1], status: 'availible' },
      status: 405,
      value: expect.objectContaining({
        errors: [
          { pointer: '/body/name', expected: expect.stringMatching(/^string \(openapi.yaml, line \d+\)$/) },
          { pointer: '/body/photoUrls/0', expected: expect.stringMatching(/^string/), received: 1 },
          {
            pointer: '/body/status',
            expected: expect.stringMatching(/^one of available, pending, sold \(openapi.yaml, line \d+\)$/),
            received: 'availible',
            suggestion: 'available',
          },
        ],
      }),
    },
  ],
  'No 406, 413, 415, 429, 503': [
    { what: '406', send: 'GET /pet/1', headers: { accept: 'text/html' }, status: 406, gives: PROBLEM },
    { what: '413', send: 'POST /user', headers: TOO_LARGE, body: '{}', status: 413, gives: PROBLEM },
    { what: '415', send: 'POST /user', headers: typed('text/plain'), body: 'x', status: 415, gives: PROBLEM },
    { what: '429', send: 'GET /pet/1', headers: { prefer: 'code=429' }, status: 429, gives: PROBLEM },
    { what: '503', send: 'GET /pet/1', headers: { prefer: 'code=503' }, status: 503, gives: PROBLEM },
  ],
  'A problem document always has `type`, `title`, `status` and `detail`': [
    ...['GET /nothing', 'PATCH /pet/1', 'GET /pet/999', 'GET /pet/x', 'POST /user'].map((send) => ({
      what: send,
      prove: async (mock: Parameters<typeof ask>[0]) => {
        const { status, body } = await ask(mock, { send })
        expect(body).toMatchObject({
          type: 'about:blank',
          title: expect.any(String),
          status,
          detail: expect.any(String),
        })
        expect(body.errors).toEqual([
          expect.objectContaining({ pointer: expect.any(String), expected: expect.any(String) }),
        ])
      },
    })),
  ],
}

testRows(ROWS)
