import { expect } from '@jest/globals'
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
  XML,
  XML_TYPE,
} from './rows.test.support.ts'

const ROWS: Rows = {
  'Refusals come in this order': [
    { what: '404 before 405', send: 'PATCH /nothing', status: 404 },
    { what: '405 before 401', send: 'PATCH /pet/1', headers: NO_KEY, status: 405 },
    { what: '401 before 406', send: 'GET /pet/1', headers: { ...NO_KEY, accept: 'text/html' }, status: 401 },
    { what: '406 before 413', send: 'POST /domain', headers: { ...TOO_LARGE, accept: 'text/html' }, status: 406 },
    {
      what: '413 before 415',
      send: 'POST /user',
      headers: { ...TOO_LARGE, 'content-type': 'text/plain' },
      status: 413,
    },
    {
      what: '415 before 400',
      send: 'POST /pet/abc/uploadImage',
      headers: typed('text/plain'),
      body: 'x',
      status: 415,
    },
    { what: '400 before 404', send: 'PUT /user/nobody', body: { id: 'x' }, status: 400 },
    { what: '405 before 404', send: 'POST /pet/999', headers: FORM_TYPE, body: 'status=gone', status: 405 },
    {
      what: 'a list of users is stored whole or not at all',
      send: 'POST /user/createWithList',
      body: [{ username: 'ada' }, { username: 'logout' }],
      status: 400,
      afterwards: [{ send: 'GET /user/ada', status: 404 }],
    },
    {
      what: 'a 406 is decided before the write',
      send: 'POST /store/order',
      headers: { accept: 'text/html' },
      body: { id: '77' },
      status: 406,
      afterwards: [{ send: 'GET /store/order/77', status: 400 }],
    },
    {
      what: 'a 413 is too',
      prove: async (mock) => {
        const before = mock.store.export()
        expect((await ask(mock, { send: 'POST /domain', headers: TOO_LARGE })).status).toBe(413)
        expect(mock.store.export()).toEqual(before)
      },
    },
  ],
  'Every operation may besides give 406': [
    { what: 'XML of a JSON-only operation', send: 'GET /store/inventory', headers: XML, status: 406 },
    {
      what: '413 above 10 MB',
      send: 'POST /user',
      headers: JSON_TYPE,
      body: `{"username":"a"}${' '.repeat(10 * 1024 * 1024)}`,
      status: 413,
    },
    {
      what: 'and not at 10 MB',
      send: 'POST /user',
      headers: JSON_TYPE,
      body: '{"username":"a"}'.padEnd(10 * 1024 * 1024),
      status: 200,
    },
    { what: '415 for XML where JSON is taken', send: 'POST /user', headers: XML_TYPE, body: '<User/>', status: 415 },
    {
      what: '400 of operation 13',
      send: 'POST /user',
      body: [],
      status: 400,
      gives: PROBLEM,
    },
    { what: '400 of operation 14', send: 'POST /user/createWithList', body: [1], status: 400, gives: PROBLEM },
    {
      what: 'no rate limit',
      prove: async (mock) => {
        for (let call = 0; call < 300; call += 1)
          expect((await ask(mock, { send: 'GET /user/logout' })).status).toBe(200)
      },
    },
  ],
  'PUT /domain: a malformed, empty or non-object body 405': [
    { what: 'malformed', send: 'PUT /domain', headers: JSON_TYPE, body: '{"id":', status: 405 },
    { what: 'empty', send: 'PUT /domain', headers: JSON_TYPE, body: '', status: 405 },
    { what: 'a list', send: 'PUT /domain', body: [PET], status: 405 },
    { what: 'null', send: 'PUT /domain', headers: JSON_TYPE, body: 'null', status: 405 },
    { what: 'a missing id is 400', send: 'PUT /domain', body: { name: 'a', photoUrls: [] }, status: 400 },
    { what: 'a negative id', send: 'PUT /domain', body: { ...PET, id: -1 }, status: 400 },
    { what: 'an id that is a fraction', send: 'PUT /domain', body: { ...PET, id: 1.5 }, status: 400 },
    {
      what: 'an unsafe id',
      send: 'PUT /domain',
      headers: JSON_TYPE,
      body: '{"id":9007199254740993,"name":"a","photoUrls":[]}',
      status: 400,
    },
    { what: 'a bad id counts before all else', send: 'PUT /domain', body: { id: 'x', name: 1 }, status: 400 },
    {
      what: 'any other violation is 405, even of a pet that nobody has',
      send: 'PUT /domain',
      body: { id: 999 },
      status: 405,
    },
    { what: 'then an unknown id is 404', send: 'PUT /domain', body: { ...PET, id: 999 }, status: 404 },
    {
      what: 'the whole pet is replaced',
      send: 'PUT /domain',
      body: PET,
      status: 200,
      afterwards: [{ send: 'GET /pet/1', status: 200, value: PET }],
    },
    {
      what: 'and the whole user, whose name is that of the path',
      send: 'PUT /user/user1',
      body: { username: 'other', phone: '2' },
      status: 200,
      afterwards: [
        { send: 'GET /user/user1', status: 200, value: { username: 'user1', phone: '2' } },
        { send: 'GET /user/other', status: 404 },
      ],
    },
  ],
}

testRows(ROWS)
