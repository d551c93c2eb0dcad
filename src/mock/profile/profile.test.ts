import { expect, test } from '@jest/globals'
import { createMock } from '../../index.ts'
import type { Profile } from '../../ways/profile.ts'
import { parseProfile } from '../files/read-profile.ts'

test('a profile changes the status of a missing key, and the document says so as observed', async () => {
  const { fetch, defects } = createMock({ profile: { version: 1, key: { status: 403 } } })
  const refused = await fetch('/v2/store/inventory')
  expect([refused.status, await refused.json()]).toMatchObject([403, { status: 403, title: 'Forbidden' }])
  const document = Object(await (await fetch('/openapi.json')).json())
  const { responses } = document.paths['/store/inventory'].get
  expect(responses['403']).toMatchObject({ 'x-observed': true })
  expect(responses['401']).toBeUndefined()
  expect(defects).toEqual([])
})

test.each([
  ['an unknown member', '{\n  "version": 1,\n  "keys": {}\n}', 'staging.json, line 3: /keys is no member of a profile'],
  [
    'a status that refuses nothing',
    '{ "version": 1,\n"key": { "status": 200 } }',
    'line 2: /key/status must be >= 400',
  ],
  ['text that is no profile', 'hello', 'staging.json, line 1: the profile must be object'],
])('%s stops the start with pointer and line', (_what, text, message) => {
  expect(() => parseProfile(text, 'staging.json')).toThrow(message)
})

test.each([
  [
    'a status where the reference publishes another',
    { refusals: { addDomain: { body: 422 } } },
    /line \d+: the reference publishes 405 for it, not 422/,
  ],
  ['a success that is published', { successes: { getPetById: { status: 201 } } }, /the reference publishes 200 for it/],
  [
    'an unknown pet by another status than the published',
    { refusals: { getPetById: { 'missing record': 405 } } },
    /publishes 404 for it/,
  ],
  [
    'an operation that is none',
    { logins: { createUsers: 401 } },
    /\/logins\/createUsers names createUsers, which is no operation/,
  ],
])('%s stops the start', (_what, part, message) => {
  expect(() => createMock({ profile: { version: 1, ...part } })).toThrow(message)
})

const KEY = { headers: { api_key: 'special-key' } }
const json = (value: unknown, method = 'POST') => ({
  method,
  body: JSON.stringify(value),
  headers: { 'content-type': 'application/json', api_key: 'special-key' },
})

test.each<[string, Omit<Profile, 'version'>, string, RequestInit, number, string | undefined]>([
  ['errors in HTML', { errors: { mediaType: 'text/html' } }, '/v2/pet/999', KEY, 404, 'text/html'],
  ['errors without a body', { errors: { mediaType: '' } }, '/v2/nowhere', KEY, 404, undefined],
  [
    '204 for a deletion',
    { successes: { deletePet: { status: 204 } } },
    '/v2/pet/1',
    { ...KEY, method: 'DELETE' },
    204,
    undefined,
  ],
  [
    '404 for a wrong method',
    { wrongMethod: { status: 404 } },
    '/v2/store/inventory',
    { ...KEY, method: 'POST' },
    404,
    'application/problem+json',
  ],
  [
    'OPTIONS with 200',
    { options: { status: 200, allow: true, body: true } },
    '/v2/pet/1',
    { method: 'OPTIONS' },
    200,
    'text/plain',
  ],
  ['no HEAD', { head: { status: 405 } }, '/v2/pet/1', { ...KEY, method: 'HEAD' }, 405, undefined],
  ['no unknown query', { unknownQuery: { status: 400 } }, '/v2/pet/1?a=b', KEY, 400, 'application/problem+json'],
  [
    'no repeated key',
    { repeatedKeys: { status: 400 } },
    '/v2/pet/findByStatus?status=sold&status=pending',
    KEY,
    400,
    'application/problem+json',
  ],
  [
    'a taken name',
    { takenUsername: { status: 409 } },
    '/v2/user',
    json({ username: 'user1' }),
    409,
    'application/problem+json',
  ],
  ['XML by default', { defaultMediaType: { mediaType: 'application/xml' } }, '/v2/pet/1', KEY, 200, 'application/xml'],
  [
    'JSON for any Accept',
    { unacceptable: { mediaType: 'application/json' } },
    '/v2/pet/1',
    { headers: { ...KEY.headers, accept: 'image/png' } },
    200,
    'application/json',
  ],
  ['a login', { logins: { createUser: 401 } }, '/v2/user', json({ username: 'new' }), 401, 'application/problem+json'],
  [
    '422 for a body',
    { refusals: { createUser: { body: 422 } } },
    '/v2/user',
    json({ username: 1 }),
    422,
    'application/problem+json',
  ],
])('a profile asks for %s', async (_what, part, target, init, status, type) => {
  const { fetch, defects } = createMock({ profile: { version: 1, ...part } })
  const response = await fetch(target, init)
  expect([response.status, response.headers.get('content-type') ?? undefined]).toEqual([status, type])
  expect(defects).toEqual([])
})

test.each([
  ['first', 'sold'],
  ['last', 'pending'],
] as const)('a profile takes the %s value of a repeated key', async (counts, status) => {
  const { fetch } = createMock({ profile: { version: 1, repeatedKeys: { counts } } })
  const listed = async (query: string) => {
    const pets: unknown = await (await fetch(`/v2/pet/findByStatus?${query}`, KEY)).json()
    return [pets].flat().map((pet) => Object(pet).id)
  }
  const ids = await listed('status=sold&status=pending')
  expect(ids.length).toBeGreaterThan(0)
  expect(ids).toEqual(await listed(`status=${status}`))
  expect((await listed('status=sold,pending')).length).toBeGreaterThan(ids.length)
})
