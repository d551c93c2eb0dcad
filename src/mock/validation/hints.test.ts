import { expect, test } from '@jest/globals'
import { createMock } from '../../index.ts'

const mock = createMock()
const KEY = { api_key: 'special-key' }

/** The status and the sentence of a refusal. `send` is `METHOD /path`. */
async function refusalOf(send: string, init: RequestInit = {}): Promise<string> {
  const [method = '', path = ''] = send.split(' ')
  const response = await mock.fetch(path, { method, ...init })
  const { detail } = (await response.json()) as { detail: string }
  return `${response.status} ${detail}`
}

test.each<[string, string, Record<string, string>, string]>([
  ['Authorization: Bearer', '', { authorization: 'Bearer special-key' }, 'as Authorization; this API reads api_key'],
  ['Api-Key', '', { 'Api-Key': 'special-key' }, 'as api-key; the name here is api_key'],
  ['X-API-Key', '', { 'X-API-Key': 'special-key' }, 'as x-api-key; the name here is api_key'],
  ['apikey', '', { apikey: 'special-key' }, 'as apikey; the name here is api_key'],
  ['the query', '?api_key=special-key', {}, 'in the query'],
  ['the query, as another name', '?apikey=special-key', {}, 'in the query'],
  ['a proxy that dropped the name', '', { 'X-Forwarded-For': '10.0.0.1' }, 'underscores_in_headers on'],
  ['a scheme before the key', '', { api_key: 'Bearer special-key' }, 'Send the key alone'],
])('a 401 knows the usual slips: %s', async (_what, query, headers, hint) => {
  const told = await refusalOf(`GET /v2/pet/1${query}`, { headers })
  expect(told).toMatch(/^401 The api_key header is (missing|not accepted)\./)
  expect(told).toContain(hint)
})

test('a 401 without a slip adds nothing, and never repeats a key', async () => {
  expect(await refusalOf('GET /v2/pet/1')).toMatch(/the default is special-key\.$/)
  expect(await refusalOf('GET /v2/pet/1', { headers: { 'x-api-key': 'geheim' } })).not.toContain('geheim')
})

test.each([
  ['/v2//pet/1', '/v2/pet/1'],
  ['//v2/pet/1', '/v2/pet/1'],
  ['/v2/v2/pet/1', '/v2/pet/1'],
  ['/v2/pet/1/', '/v2/pet/1'],
  ['/v2/pet%2F1', '/v2/pet/1'],
  ['/pet/1', '/v2/pet/1'],
  ['/v2/v2//store/inventory/', '/v2/store/inventory'],
  ['/v2/pets/1', '/v2/pet/1'],
])('GET %s is told the path that was meant', async (path, meant) => {
  const target = path.startsWith('//') ? `http://localhost${path}` : path
  expect(await refusalOf(`GET ${target}`)).toBe(`404 There is nothing at ${path}. Did you mean ${meant}?`)
})

test.each([
  ['POST /v2/pet', 'This API has no operation that adds a pet; PUT /v2/domain (updatePet) replaces a pet.'],
  ['PUT /v2/pet', 'Here PUT /v2/domain (updatePet) replaces a pet.'],
  ['PUT /pet', 'Here PUT /v2/domain (updatePet) replaces a pet.'],
])('%s, the first try of users of other pet stores, is told where pets are', async (send, hint) => {
  expect(await refusalOf(send)).toContain(hint)
})

test.each([
  ['GET /v2/pet/{petId}', 'The template was sent as it stands'],
  ['GET /v2/pet/%7BpetId%7D', 'The template was sent as it stands'],
  ['GET /v2/pet/:petId', 'The template was sent as it stands'],
  ['GET /v2/pet/$%7BpetId}', 'The template was sent as it stands'],
  ['GET /v2/store/order/{orderId}', 'The template was sent as it stands'],
  ['GET /v2/user/{username}', 'The template was sent as it stands'],
  ['GET /v2/pet/undefined', 'The client sent the text "undefined"'],
  ['GET /v2/user/undefined', 'The client sent the text "undefined"'],
  ['GET /v2/pet/NaN', 'The client sent the text "NaN"'],
  ['GET /v2/pet/[object Object]', 'The client sent the text "[object Object]"'],
])('%s is told that its client filled nothing in', async (send, hint) => {
  expect(await refusalOf(send.replace(' Object', '%20Object'), { headers: KEY })).toContain(hint)
})

test('a parameter that came broken is not called missing', async () => {
  expect(await refusalOf('GET /v2/pet/findByTags?tags=%zz', { headers: KEY })).toContain('/query/tags must be valid')
})

test('multipart without a boundary is told to leave the header to FormData', async () => {
  const init = { headers: { ...KEY, 'Content-Type': 'multipart/form-data' }, body: 'x' }
  expect(await refusalOf('POST /v2/pet/1/uploadImage', init)).toContain('leave that header to FormData')
})

test.each([
  ['GET /v2/pet/findByStatus', '/query/status is missing; it must be array of one of available, pending, sold'],
  ['GET /v2/pet/findByTags', '/query/tags is missing; it must be array of string'],
])('%s is told that a parameter is missing', async (send, text) => {
  expect(await refusalOf(send, { headers: KEY })).toContain(text)
})

test.each([
  ['POST /__admin/clock', '{"foo":1}'],
  ['POST /__admin/faults', '{"match":{"operationId":"getPetById"},"response":{"statu":1}}'],
  ['POST /__admin/reset', '{"foo":1}'],
  ['PUT /__admin/state', '{"foo":[]}'],
  ['POST /__admin/sessions', '{"foo":1}'],
])('%s of %s is refused in our own words', async (send, body) => {
  const told = await refusalOf(send, { headers: { 'Content-Type': 'application/json' }, body })
  expect(told).toMatch(/^4\d\d /)
  expect(told).not.toMatch(/must be must|must NOT|must be NOT/)
})
