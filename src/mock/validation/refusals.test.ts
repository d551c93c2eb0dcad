import { expect, test } from '@jest/globals'
import supertest from 'supertest'
import { createMock } from '../../index.ts'

const line = (text: string) => expect.stringMatching(new RegExp(`^${text} \\(openapi\\.yaml, line \\d+\\)$`))
const file = '--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nx\r\n--b--\r\n'

/** A request, and what is wrong with it in the words of its problem document. */
type Row = [send: string, headers: Record<string, string>, body: string, errors: unknown[]]

test.each<Row>([
  ['GET /pet/x', {}, '', [{ pointer: '/path/petId', expected: line('a decimal integer from 0 .*'), received: 'x' }]],
  [
    'GET /pet/findByStatus?status=solt',
    {},
    '',
    [{ pointer: '/query/status/0', expected: line('one of .*'), received: 'solt', suggestion: 'sold' }],
  ],
  ...['%zz', '%FF', 'a%'].map(
    (tag): Row => [
      `GET /pet/findByTags?tags=tag1&tags=${tag}&x=%zz`,
      {},
      '',
      [{ pointer: '/query/tags', expected: line('valid percent-encoding in UTF-8') }],
    ],
  ),
  [
    'GET /pet/findByStatus?verbose=1&statuses=sold',
    {},
    '',
    [{ pointer: '/query/status', expected: line('array of .*'), suggestion: 'status in place of statuses' }],
  ],
  [
    'PUT /domain',
    { 'content-type': 'application/json' },
    '{"id":1,"name":"a","photoUrl":[]}',
    [{ pointer: '/body/photoUrls', expected: line('array of string'), suggestion: 'photoUrls in place of photoUrl' }],
  ],
  [
    'PUT /domain',
    { 'content-type': 'application/json' },
    '{"Id":1,"name":"a","photoUrls":[]}',
    [{ pointer: '/body/id', expected: line('the id of a pet, .*'), suggestion: 'id in place of Id' }],
  ],
  [
    'POST /domain',
    { 'content-type': 'application/json' },
    '{"nmae":"a"}',
    [{ pointer: '/body/name', expected: line('a name that is not blank'), suggestion: 'name in place of nmae' }],
  ],
  [
    'POST /pet/x',
    { 'content-type': 'application/x-www-form-urlencoded' },
    'status=solt',
    [
      { pointer: '/path/petId', expected: line('a decimal integer from 0 .*'), received: 'x' },
      { pointer: '/body/status', expected: line('one of .*'), received: 'solt', suggestion: 'sold' },
    ],
  ],
  [
    'POST /pet/1/uploadImage',
    { 'content-type': 'multipart/form-data; boundary=b' },
    file,
    [{ pointer: '/body/file', expected: line('a file: a part with a filename') }],
  ],
  [
    'POST /user',
    { 'content-type': 'application/json' },
    '{"username":"a","x/y":{"~":9007199254740993}}',
    [
      {
        pointer: '/body/x~1y/~0',
        expected: 'an integer from -9007199254740991 to 9007199254740991',
        received: '9007199254740993',
      },
    ],
  ],
  [
    'POST /user/createWithList',
    { 'content-type': 'application/json' },
    '{"id":9007199254740993}',
    [
      { pointer: '/body/id', expected: line('an integer from .*'), received: '9007199254740993' },
      { pointer: '/body', expected: line('array of object \\(User\\)'), received: { id: '9007199254740993' } },
    ],
  ],
  ['POST /user', {}, '', [{ pointer: '/body', expected: line('a body of type application/json') }]],
  ['GET /pet/1', { api_key: 'no' }, '', [{ pointer: '/headers/api_key', expected: line('an accepted API key') }]],
  [
    'GET /pet/1',
    { accept: 'text/html' },
    '',
    [{ pointer: '/headers/accept', expected: line('application/xml or application/json'), received: 'text/html' }],
  ],
  [
    'POST /user',
    { 'content-type': 'text/plain' },
    'x',
    [{ pointer: '/headers/content-type', expected: line('application/json'), received: 'text/plain' }],
  ],
  [
    'POST /user',
    { 'content-type': 'application/json', 'content-encoding': 'zstd' },
    '{}',
    [{ pointer: '/headers/content-encoding', expected: 'gzip, deflate, br or none', received: 'zstd' }],
  ],
  [
    'POST /user',
    { 'content-length': '10485761' },
    '',
    [{ pointer: '/body', expected: line('at most 10485760 bytes') }],
  ],
  [
    'GET /user/usre1',
    {},
    '',
    [{ pointer: '/path/username', expected: line('the name of a user .*'), received: 'usre1', suggestion: 'user1' }],
  ],
  [
    'GET /store/order/11',
    {},
    '',
    [{ pointer: '/path/orderId', expected: line('1 to 10, or the id of a placed order'), received: 11 }],
  ],
  ['PATCH /domain', {}, '', [{ pointer: '/method', expected: 'one of POST, PUT, OPTIONS', received: 'PATCH' }]],
  [
    'GET /pets/1',
    {},
    '',
    [{ pointer: '/path', expected: 'a path of this API', received: '/v2/pets/1', suggestion: '/v2/pet/1' }],
  ],
  ['GET /far/from/all', {}, '', [{ pointer: '/path', expected: 'a path of this API', received: '/v2/far/from/all' }]],
])('%s %j %s is refused for each of its violations', async (send, headers, body, errors) => {
  const [method = '', target = ''] = send.split(' ')
  const request = supertest(createMock().app)[method.toLowerCase() as 'get'](`/v2${target}`)
  request.set({ api_key: 'special-key', ...headers })
  const response = await (body === '' ? request : request.send(body))
  expect(response.body.errors).toEqual(errors)
})

test('the detail of a refusal says what comes first, what was meant, and that there is more', async () => {
  const asked = async (target: string) =>
    (await supertest(createMock().app).get(`/v2${target}`).set('api_key', 'special-key')).body.detail
  expect(await asked('/pet/findByStatus?status=solt')).toBe(
    '/query/status/0 must be one of available, pending, sold. Did you mean sold?',
  )
  expect(await asked('/user/login')).toBe(
    '/query/username is missing; it must be a username that is not blank. There are 2 violations; see errors.',
  )
  expect((await supertest(createMock().app).get('/pet/1')).body.detail).toBe(
    'There is nothing at /pet/1. Did you mean /v2/pet/1?',
  )
})
