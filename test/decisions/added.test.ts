import { expect } from '@jest/globals'
import { createMock } from '../../src/index.ts'
import { ask, PET, type Rows, testRows, typed } from './rows.test.support.ts'

const ADA = { username: 'ada', password: 'p', email: 'Ada@Mail.Example', firstName: ' Å ', id: 7 }
const stored = (body: object) => ({ before: [{ send: 'POST /user', body }] })
const LOGIN = 'GET /user/login?username=ada&password=p'

const rows: Rows = {
  'What PUT does with fields that the body leaves out': [
    {
      what: 'a pet loses them',
      before: [{ send: 'PUT /domain', body: { ...PET, status: 'sold', tags: [{ id: 1, name: 'a' }] } }],
      send: 'PUT /domain',
      body: PET,
      status: 200,
      afterwards: [{ send: 'GET /pet/1', status: 200, value: PET }],
    },
    {
      what: 'a user loses them',
      ...stored(ADA),
      send: 'PUT /user/ada',
      body: { firstName: 'b' },
      status: 200,
      afterwards: [{ send: 'GET /user/ada', status: 200, value: { username: 'ada', firstName: 'b' } }],
    },
  ],
  'Whether two logins give the same token': [
    {
      what: 'they do until the clock moves',
      prove: async (mock) => {
        await ask(mock, { send: 'POST /user', body: ADA })
        const [first, second] = [await ask(mock, { send: LOGIN }), await ask(mock, { send: LOGIN })]
        expect(first.text).toMatch(/^"\w+"$/)
        expect(second.text).toBe(first.text)
      },
    },
  ],
  'Properties that the document does not name': [
    {
      what: 'are accepted and dropped, with a note',
      prove: async (mock) => {
        const body = { ...PET, staus: 'sold' }
        expect((await ask(mock, { send: 'PUT /domain', body })).status).toBe(200)
        expect((await ask(mock, { send: 'GET /pet/1' })).body).toEqual(PET)
        expect(mock.journal.find()[0]?.ignored).toEqual([{ pointer: '/body/staus', suggestion: 'status' }])
      },
    },
  ],
  "Fields that a server may own (a user's id, an order's status, validate and active)": [
    {
      what: 'a user keeps the id that was sent',
      ...stored(ADA),
      send: 'GET /user/ada',
      status: 200,
      value: ADA,
    },
    {
      what: 'an order keeps status, validate and active as sent',
      send: 'POST /store/order',
      body: { id: '20', name: 'a', validate: 'v', status: 'validated', active: true },
      status: 200,
      value: { id: '20', name: 'a', validate: 'v', status: 'validated', active: true },
    },
  ],
  'Texts that a server normalises (letter case of emails, usernames and domains, blanks around a text, NFC)': [
    {
      what: 'are stored as sent',
      ...stored({ username: 'Ada', email: 'Ada@Mail.Example', firstName: ' A\u030a ' }),
      send: 'GET /user/Ada',
      status: 200,
      value: { username: 'Ada', email: 'Ada@Mail.Example', firstName: ' A\u030a ' },
      afterwards: [{ send: 'GET /user/ada', status: 404 }],
    },
  ],
  'Whether a write is done when it is acknowledged': [
    {
      what: 'it is, at its own path, in lists and in the inventory',
      before: [{ send: 'PUT /domain', body: { ...PET, status: 'sold' } }],
      send: 'GET /pet/1',
      status: 200,
      value: { ...PET, status: 'sold' },
      afterwards: [{ send: 'GET /pet/findByStatus?status=sold', status: 200, text: /"id":1,/ }],
    },
  ],
  'Rules of the house: unique emails, verification, lock-out after wrong passwords, a User-Agent': [
    {
      what: 'an email may come twice, and who fails to log in is not locked out',
      before: [
        { send: 'POST /user', body: ADA },
        { send: 'POST /user', body: { ...ADA, username: 'eve' } },
      ],
      send: 'GET /user/login?username=ada&password=wrong',
      status: 400,
      afterwards: [
        ...Array.from({ length: 10 }, () => ({ send: 'GET /user/login?username=ada&password=wrong', status: 400 })),
        { send: LOGIN, headers: { 'user-agent': '' }, status: 200 },
      ],
    },
  ],
  'Methods that a server does not know': [
    ...['PATCH', 'TRACE', 'PURGE', 'REPORT'].map((method) => ({
      what: `${method} is refused with 405`,
      send: `${method} /pet/1`,
      status: 405,
      gives: { allow: 'GET, POST, DELETE, HEAD, OPTIONS' },
    })),
  ],
  'int64 ids beyond 2^53 in what a server shows': [
    {
      what: 'never are: such an id is refused',
      send: 'POST /user',
      body: { username: 'ada', id: 2 ** 53 },
      status: 400,
      afterwards: [{ send: 'GET /user/ada', status: 404 }],
    },
  ],
  'Other clients that write to the same server meanwhile': [
    {
      what: 'sessions keep them apart',
      before: [{ send: 'DELETE /pet/1', headers: { 'x-mock-session': 'other' } }],
      send: 'GET /pet/1',
      status: 200,
    },
  ],
  'Outside the API: `GET /`': [
    {
      what: 'a page for browsers, a JSON index for others, and the base path leads there',
      prove: async () => {
        const { fetch } = createMock()
        const page = await fetch('/', { headers: { accept: 'text/html' } })
        expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
        expect((await fetch('/')).headers.get('content-type')).toBe('application/json')
        for (const path of ['/v2', '/v2/']) {
          const { status, headers } = await fetch(path)
          expect([status, headers.get('location')]).toEqual([302, '/'])
        }
      },
    },
  ],
  'No bytes are no body, whatever Content-Type says': [
    {
      what: 'a form without bytes is fine',
      send: 'POST /pet/1',
      headers: typed('application/x-www-form-urlencoded'),
      status: 200,
    },
    {
      what: 'JSON without bytes is fine where the body is optional',
      send: 'POST /pet/1',
      headers: typed('application/json'),
      status: 200,
    },
    {
      what: 'an upload without bytes is fine',
      send: 'POST /pet/1/uploadImage',
      headers: typed('multipart/form-data; boundary=b'),
      status: 200,
    },
    { what: 'a body that is required is missing', send: 'POST /user', headers: typed('application/json'), status: 400 },
  ],
}

testRows(rows)
