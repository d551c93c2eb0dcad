import { expect } from '@jest/globals'
import { exchangeText } from '../../src/cli/output/request-log.ts'
import { createMock } from '../../src/index.ts'
import { ask, NO_KEY, PET, type Rows, testRows } from './rows.test.support.ts'

const ADA = { username: 'ada', password: 'secret' }
const LOGIN_HEADERS = { 'x-rate-limit': /^\d+$/, 'x-expires-after': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/ }

const ROWS: Rows = {
  '`{}` is a valid DomainIn, Domain and User': [
    { what: 'an empty domain is refused', send: 'POST /domain', body: {}, status: 405 },
    { what: 'an empty user is refused', send: 'POST /user', body: {}, status: 400 },
    { what: 'an empty user of a list is refused', send: 'POST /user/createWithList', body: [{}], status: 400 },
    { what: 'an empty order is fine', send: 'POST /store/order', body: {}, status: 200 },
  ],
  "Only the domain's name at POST /domain and the username at creation must be there and not blank": [
    { what: 'a blank domain name is refused', send: 'POST /domain', body: { name: ' ' }, status: 405 },
    { what: 'a blank username is refused', send: 'POST /user', body: { username: ' ' }, status: 400 },
    {
      what: 'an order without a name is fine',
      before: [{ send: 'POST /store/order', body: {} }],
      send: 'GET /store/order/11',
      status: 200,
      value: {},
    },
    {
      what: 'an empty category is fine',
      send: 'PUT /domain',
      body: { ...PET, category: {} },
      status: 200,
      afterwards: [{ send: 'GET /pet/1', status: 200, value: { ...PET, category: {} } }],
    },
    {
      what: 'a PUT of a user without a username is fine',
      send: 'PUT /user/user1',
      body: {},
      status: 200,
      afterwards: [{ send: 'GET /user/user1', status: 200, value: { username: 'user1' } }],
    },
    {
      what: 'each such place of a list is named',
      send: 'POST /user/createWithList',
      body: [{ username: ' ' }, { username: 'ada' }, { usernme: 'bob' }, { username: 'login' }],
      status: 400,
      value: expect.objectContaining({
        errors: [
          expect.objectContaining({ pointer: '/body/0/username', received: ' ' }),
          expect.objectContaining({ pointer: '/body/2/username', suggestion: 'username in place of usernme' }),
          expect.objectContaining({ pointer: '/body/3/username', received: 'login' }),
        ],
      }),
    },
  ],
  '"Can only be done by the logged in user" but "does not require authentication"': [
    { what: 'createUser', send: 'POST /user', headers: NO_KEY, body: ADA, status: 200 },
    { what: 'updateUser', send: 'PUT /user/user1', headers: NO_KEY, body: {}, status: 200 },
    { what: 'deleteUser', send: 'DELETE /user/user1', headers: NO_KEY, status: 200 },
  ],
  'login returns a token nothing accepts': [
    {
      what: 'a stored user with the right password',
      before: [{ send: 'POST /user', body: ADA }],
      send: 'GET /user/login?username=ada&password=secret',
      status: 200,
      gives: LOGIN_HEADERS,
      value: expect.stringMatching(/^[0-9a-f]{40}$/),
    },
    {
      what: 'any name not stored',
      send: 'GET /user/login?username=nobody&password=x',
      status: 200,
      gives: LOGIN_HEADERS,
    },
    { what: 'a wrong password', send: 'GET /user/login?username=user1&password=wrong', status: 400 },
    { what: 'a blank username', send: 'GET /user/login?username=&password=x', status: 400 },
    { what: 'a missing password', send: 'GET /user/login?username=user1', status: 400 },
    {
      what: 'the token is the same again, and another for another',
      prove: async (mock) => {
        const token = async (name: string, where = mock) =>
          (await ask(where, { send: `GET /user/login?username=${name}&password=x` })).text
        expect(await token('ada', createMock())).toBe(await token('ada'))
        expect(await token('bob')).not.toBe(await token('ada'))
      },
    },
    {
      what: 'no operation accepts it',
      prove: async (mock) => {
        const { body } = await ask(mock, { send: 'GET /user/login?username=ada&password=x' })
        expect((await ask(mock, { send: 'GET /pet/1', headers: { api_key: body } })).status).toBe(401)
      },
    },
    {
      what: 'the query is never logged',
      prove: async () => {
        const lines: string[] = []
        const mock = createMock({
          onExchange: (exchange) => lines.push(exchangeText(exchange, (_colour, text) => text)),
        })
        await ask(mock, { send: 'GET /user/login?username=ada&password=secret' })
        expect(lines).toEqual([expect.stringMatching(/ GET +\/v2\/user\/login\?\(hidden\) +200 /)])
      },
    },
  ],
  'Usernames `login`, `logout`, `createWithList`': [
    ...['login', 'logout', 'createWithList'].map((username) => ({
      what: `a user named ${username} is refused`,
      send: 'POST /user',
      body: { username },
      status: 400,
    })),
    { what: 'fixed paths win', send: 'GET /user/logout', status: 200, text: '' },
  ],
  'createUser with a taken name; PUT with another name in the body': [
    {
      what: 'createUser overwrites',
      send: 'POST /user',
      body: { username: 'user1', phone: '1' },
      status: 200,
      afterwards: [{ send: 'GET /user/user1', status: 200, value: { username: 'user1', phone: '1' } }],
    },
    {
      what: 'the path wins',
      send: 'PUT /user/user1',
      body: { username: 'other', phone: '2' },
      status: 200,
      afterwards: [{ send: 'GET /user/user1', status: 200, value: { username: 'user1', phone: '2' } }],
    },
  ],
  '`password` in User': [
    {
      what: 'is returned as stored',
      before: [{ send: 'POST /user', body: ADA }],
      send: 'GET /user/ada',
      status: 200,
      value: ADA,
    },
  ],
  "The domain's validation": [
    {
      what: 'waits for the control plane',
      prove: async (mock) => {
        const { body } = await ask(mock, { send: 'POST /domain', body: { name: 'shop.example' } })
        await ask(mock, { send: 'POST /domain', body: { name: 'shop.example' } })
        expect(mock.store.domains.get(body.id)).toMatchObject({ status: 'missing validation', active: false })
        const validated = await ask(mock, { send: `POST /__admin/domains/${body.id}/validate` })
        expect(validated.status).toBe(200)
        expect(mock.store.domains.get(body.id)).toMatchObject({ status: 'validated', active: true })
      },
    },
  ],
}

testRows(ROWS)
