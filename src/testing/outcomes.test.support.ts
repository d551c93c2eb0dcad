import { expect } from '@jest/globals'
import type { Results } from './project.test.support.ts'

/** Tests that run in jest and in vitest, one for each way in which a test can end. */
export const TESTS = `
const mock = useMock()
const headers = { api_key: 'special-key' }
const ask = (path, init) => fetch(mock.url + path, { headers, ...init })

test('changes its own state', async () => {
  expect((await ask('/pet/1', { method: 'DELETE' })).status).toBe(200)
  expect((await ask('/pet/1')).status).toBe(404)
  expect((await fetch(mock.url + '/user/login?username=user1&password=wrong')).status).toBe(400)
  await mock.session.expectRequests({ request: { operationId: 'deletePet' }, exactly: 1 })
})
test('does not see what another changed', async () => {
  expect((await ask('/pet/1')).status).toBe(200)
  expect(await mock.session.journal.count()).toBe(1)
})
test('fails by itself', async () => {
  await ask('/pet/7')
  expect(1).toBe(2)
})
test('asks against the document', async () => {
  await ask('/pet/findByStatus?status=availible')
  await ask('/petz')
  await fetch(mock.url + '/pet/1')
})
test('may ask against the document', async () => {
  mock.session.allowContractErrors()
  await ask('/petz')
})
test('may ask one thing against the document', async () => {
  mock.session.allowContractErrors({ path: '/v2/petz' })
  await ask('/petz')
  await ask('/petzz')
})
test('has a fault that nobody met', async () => {
  await mock.session.faults.add({ match: { operationId: 'deletePet' }, steps: [{ kind: 'status', status: 503 }] })
})
test('may have a fault that nobody met', async () => {
  mock.session.allowUnmetFaults()
  await mock.session.faults.add({ steps: [{ kind: 'reset' }] })
})
test('meets its fault', async () => {
  await mock.session.faults.add({ steps: [{ kind: 'status', status: 503 }] })
  expect((await ask('/pet/1')).status).toBe(503)
})
test('expects what was not asked', async () => {
  await ask('/pet/7')
  await mock.session.expectRequests({ request: { operationId: 'getPetById', path: '/v2/pet/8' } })
})
test('leaves other servers alone', async () => {
  expect(mock.session.url).toContain('/s/leaves-other-servers-alone.')
  expect((await fetch(mock.session.url + '/pet/1', { headers })).status).toBe(200)
  await expect(fetch('http://127.0.0.1:1/')).rejects.toThrow('fetch failed')
})
`

/** Tests that send by a client that is not patched, to addresses that are and are not of the running test. */
export const STRAYS = `
const mock = useMock()
const { request } = process.getBuiltinModule('node:http')
const send = (url, method = 'GET', body = '') => new Promise((resolve, reject) => {
  const headers = { api_key: 'special-key', ...(body && { 'Content-Type': 'application/json' }) }
  request(url, { method, headers }, (reply) => reply.resume().on('end', () => resolve(reply.statusCode))).on('error', reject).end(body)
})
let first
afterEach(() => send(mock.url + '/pet/2', 'DELETE'))

test('changes its own state', async () => {
  first = mock.url
  expect(await send(mock.url + '/pet/1', 'DELETE')).toBe(200)
  expect(await send(mock.url + '/pet/1')).toBe(404)
})
test('has an address of its own', async () => {
  expect(mock.url).not.toBe(first)
  expect(await send(mock.url + '/pet/1')).toBe(200)
  expect(await mock.session.journal.count()).toBe(1)
})
test('asks against the document', () => send(mock.url + '/petz'))
test('asks without a session', async () => {
  expect(await send(new URL('/v2/pet/1?secret=1', mock.url))).toBe(200)
  expect(await send(new URL('/v2/pet/1', mock.url), 'OPTIONS')).toBe(204)
})
test('asks what belongs to no session', async () => {
  for (const path of ['/', '/openapi.yaml', '/__admin/ready']) expect(await send(new URL(path, mock.url))).toBe(200)
})
test('adds a fault without a session', () =>
  send(new URL('/__admin/faults', mock.url), 'POST', '{"steps":[{"kind":"reset"}]}'))
test('asks at an earlier address', () => send(first + '/pet/1'))
test('is well after these', () => send(mock.url + '/pet/1'))
`

const STRAY_MESSAGES: Readonly<Record<string, RegExp | undefined>> = {
  'changes its own state': undefined,
  'has an address of its own': undefined,
  'asks against the document': /passed, but\n {2}GET \/v2\/petz was refused with 404/,
  'asks without a session':
    /passed, but\n {2}1 request came without a session, [^\n]*: GET \/v2\/pet\/1\. Use mock\.url, [^\n]*$/,
  'asks what belongs to no session': undefined,
  'adds a fault without a session':
    /passed, but\n {2}A fault was added without a session, [^\n]*: fault-1\. Add faults by the session: [^\n]*$/,
  'asks at an earlier address':
    /passed, but\n {2}1 request came to the session of "changes its own state", which had ended: GET \/v2\/pet\/1\. [^\n]*$/,
  'is well after these': undefined,
}

/** Asserts the results of `STRAYS`. Of a mock that others may use too, nobody can tell whose faults it has. */
export function expectStrays(results: Results, isOwnMock: boolean): void {
  const fault = 'adds a fault without a session'
  const messages = { ...STRAY_MESSAGES, ...(!isOwnMock && { [fault]: undefined }) }
  const expected = Object.entries(messages).map(([title, message]) => [
    title,
    { passed: message === undefined, message: message ? expect.stringMatching(message) : '' },
  ])
  expect(results).toEqual(Object.fromEntries(expected))
}

/** The expected message of each test; undefined if it passes. */
const MESSAGES: Readonly<Record<string, RegExp | undefined>> = {
  'changes its own state': undefined,
  'does not see what another changed': undefined,
  'fails by itself': /expected 1 to be 2|Expected: 2/,
  'asks against the document':
    /findByStatus\?status=availible was refused with 400: \/query\/status\/0: expected one of available[\s\S]*GET \/v2\/petz was refused with 404: \/path: expected a path of this API[\s\S]*GET \/v2\/pet\/1 was refused with 401: \/headers\/api_key/,
  'may ask against the document': undefined,
  'may ask one thing against the document': /passed, but\n {2}GET \/v2\/petzz was refused with 404[^\n]*$/,
  'has a fault that nobody met': /Fault fault-1 \(status\) was met by no request with \{"operationId":"deletePet"\}/,
  'may have a fault that nobody met': undefined,
  'meets its fault': undefined,
  'expects what was not asked':
    /Expected at least 1, found 0\.\n {2}GET \/v2\/pet\/7 came close: \/path is "\/v2\/pet\/7", not "\/v2\/pet\/8"/,
  'leaves other servers alone': undefined,
}

/** Asserts the results of a run and the requests that it printed. */
export function expectOutcomes(results: Results, printed: string): void {
  expect(Object.keys(results)).toEqual(Object.keys(MESSAGES))
  for (const [title, message] of Object.entries(MESSAGES)) {
    expect({ title, ...results[title] }).toEqual({
      title,
      passed: message === undefined,
      message: message === undefined ? '' : expect.stringMatching(message),
    })
    expect(printed.includes(`what "${title}" asked for:`)).toBe(message !== undefined)
  }
  expect(printed).toMatch(/what "fails by itself" asked for:\s+1\. GET \/v2\/pet\/7 200/)
}
