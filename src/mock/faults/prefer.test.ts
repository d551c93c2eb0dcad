import { afterEach, expect, test } from '@jest/globals'
import supertest from 'supertest'
import { createMock, type Mock } from '../../index.ts'
import { readPreferences } from './preferences.ts'

let mock: Mock = createMock()
afterEach(() => {
  expect(mock.defects).toEqual([])
  mock = createMock()
})

const get = (prefer: string | string[], path = '/pet/1', accept = 'application/json') =>
  supertest(mock.app)
    .get(`/v2${path}`)
    .set({ api_key: 'special-key', accept })
    .set('Prefer', prefer as string)

test.each<[string, Record<string, string>]>([
  ['code=404', { code: '404' }],
  ['Code = "404" ; a=b; c , WAIT=2', { code: '404', wait: '2' }],
  ['example="a \\"b\\", c"', { example: 'a "b", c' }],
  ['code=404, code=500', { code: '404' }],
  ['respond-async, , wait=1', { 'respond-async': '', wait: '1' }],
  ['wait=1, a=b=c, code=404', { wait: '1' }],
  ['', {}],
])('readPreferences reads %s', (header, expected) => {
  expect(Object.fromEntries(readPreferences(header))).toEqual(expected)
})

test('readPreferences comes to an end with a header made to have none', () => {
  expect(readPreferences(`a${';  '.repeat(5_000)}(`).size).toBe(0)
})

test('code asks for a documented refusal', async () => {
  const { headers, body } = await get('code=404').expect(404)
  expect(headers).toMatchObject({ 'preference-applied': 'code=404', vary: 'Accept, Prefer' })
  expect(body).toMatchObject({ status: 404, title: 'Not Found' })
  await get('code=401')
    .expect(401)
    .expect('www-authenticate', /api_key/)
})

test('a code that was not reached is not told to be applied', async () => {
  const { headers } = await get('code=200', '/pet/999').expect(404)
  expect(headers['preference-applied']).toBeUndefined()
  expect(headers.vary).toBe('Accept, Prefer')
  await get('code=200').expect(200).expect('preference-applied', 'code=200')
})

test('wait waits, for half a minute at most', async () => {
  const started = performance.now()
  await get('wait=0.05').expect(200).expect('preference-applied', 'wait=0.05')
  expect(performance.now() - started).toBeGreaterThan(48)
})

test('several headers are one list', async () => {
  await get(['code=503', 'wait=0']).expect(503).expect('preference-applied', 'code=503, wait=0')
})

test('example answers with what the document names so, in either media type', async () => {
  const { headers, body } = await get('example=sold').expect(200)
  expect(headers).toMatchObject({ 'preference-applied': 'example=sold', vary: 'Accept, Prefer' })
  expect(body).toEqual({ id: 1, name: 'doggie', photoUrls: [], status: 'sold' })
  const xml = await get('example="bare"', '/pet/999', 'application/xml').expect(200)
  expect(xml.text).toBe('<?xml version="1.0" encoding="UTF-8"?><Pet><name>doggie</name></Pet>')
  await get('example=sold', '/pet/x').expect(400)
})

const EXAMPLES = [
  ['getPetById', 'sold', '/pet/1'],
  ['getPetById', 'bare', '/pet/1'],
  ['findPetsByStatus', 'none', '/pet/findByStatus?status=sold'],
  ['getUserByName', 'bare', '/user/user1'],
  ['getInventory', 'sold-out', '/store/inventory'],
] as const

test.each(EXAMPLES)('the example of %s, %s, conforms', async (_operation, name, path) => {
  await get(`example=${name}`, path).expect(200)
})

test.each([
  ['code=409', '/pet/1', 400, undefined],
  ['code=abc', '/user/logout', 400, undefined],
  ['example=slod', '/pet/1', 400, 'example=sold'],
  ['example=sold', '/user/login?username=a&password=b', 400, undefined],
  ['example=sold, code=404', '/pet/1', 400, undefined],
  ['wait=soon', '/pet/1', 400, undefined],
])('%s on %s is refused', async (header, path, status, suggestion) => {
  const { body, headers } = await get(header, path).expect(status)
  const violation = { pointer: '/headers/prefer', ...(suggestion !== undefined && { suggestion }) }
  expect(body).toMatchObject({ errors: [violation] })
  expect(headers.vary).toContain('Prefer')
  expect(headers['preference-applied']).toBeUndefined()
})

test.each(['respond-async', 'cod=404', 'return=minimal; foo="bar"', '=', '"'])('%s is ignored', async (header) => {
  const { headers } = await get(header).expect(200)
  expect(headers.vary).toBe('Accept')
})

test('a fault comes before a preference', async () => {
  mock.faults.add({ steps: [{ kind: 'status', status: 503 }] })
  await get('code=404').expect(503)
  await get('code=404').expect(404)
})
