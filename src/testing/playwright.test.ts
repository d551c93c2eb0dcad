import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createMock } from '../index.ts'
import { playwright } from './playwright.test.support.ts'
import { createProject, exampleFor, type Project } from './project.test.support.ts'

let project: Project
beforeAll(() => {
  project = createProject('playwright', ['@playwright/test'])
})
afterAll(() => project.remove())

const IMPORTS = `
import { expect, test as base } from '@playwright/test'
import { withMock } from 'inboxes-mock/testing/playwright'
const test = withMock(base)
const headers = { api_key: 'special-key' }
`

test('withMock holds the tests of Playwright to the document', async () => {
  project.write(
    'outcomes.spec.mjs',
    `${IMPORTS}
test('changes its own state', async ({ request, testMock, mock }) => {
  expect((await request.delete(testMock.url + '/pet/1', { headers })).status()).toBe(200)
  expect((await request.get(testMock.url + '/pet/1', { headers })).status()).toBe(404)
  await mock.expectRequests({ request: { operationId: 'deletePet' }, exactly: 1 })
})
test('does not see what another changed', async ({ request, testMock, mock }) => {
  expect((await request.fetch(testMock.url + '/pet/1', { headers })).status()).toBe(200)
  expect(await mock.journal.count()).toBe(1)
})
test('fails by itself', async ({ request, testMock }) => {
  await request.get(testMock.url + '/pet/7', { headers })
  expect(1).toBe(2)
})
test('asks against the document', async ({ request, testMock }) => {
  await request.get(testMock.url + '/pet/findByStatus?status=availible', { headers })
})
test('may ask against the document', async ({ request, testMock, mock }) => {
  mock.allowContractErrors({ operationId: 'findPetsByStatus' })
  await request.get(testMock.url + '/pet/findByStatus?status=availible', { headers })
})
test('has a fault that nobody met', async ({ mock }) => {
  await mock.faults.add({ match: { operationId: 'deletePet' }, steps: [{ kind: 'reset' }] })
})
test('fails as it is expected to', async ({ request, testMock }) => {
  test.fail()
  await request.get(testMock.url + '/pet/7', { headers })
  expect(1).toBe(2)
})`,
  )
  const { code, results, printed } = await playwright(project, 'outcomes.spec.mjs')
  const message = expect.stringMatching
  expect(results).toEqual({
    'changes its own state': { passed: true, message: '' },
    'does not see what another changed': { passed: true, message: '' },
    'fails by itself': { passed: false, message: message(/Expected: [\s\S]*2/) },
    'asks against the document': {
      passed: false,
      message: message(/passed, but\n {2}GET \S+availible was refused with 400: \/query\/status\/0: expected one of/),
    },
    'may ask against the document': { passed: true, message: '' },
    'has a fault that nobody met': { passed: false, message: message(/Fault fault-1 \(reset\) was met by no request/) },
    'fails as it is expected to': { passed: true, message: message(/Expected: [\s\S]*2/) },
  })
  expect(code).toBe(1)
  expect(printed).toContain('what "fails by itself" asked for:\n  1. GET /v2/pet/7 200')
  expect(printed.match(/asked for:/g)).toHaveLength(3)
})

test('each client of a test is for its session by mock.url, and a request without a session fails the test', async () => {
  project.write(
    'clients.spec.mjs',
    `${IMPORTS}
import { request as send } from 'node:http'
const ask = (url, method = 'GET') => new Promise((resolve, reject) => {
  send(url, { method, headers }, (reply) => reply.resume().on('end', () => resolve(reply.statusCode))).on('error', reject).end()
})
let first
test('node:http', async ({ mock }) => {
  first = mock.url
  expect([await ask(mock.url + '/pet/1', 'DELETE'), await ask(mock.url + '/pet/1')]).toEqual([200, 404])
  expect(await mock.journal.count()).toBe(2)
})
test('a context of requests', async ({ playwright, mock }) => {
  const context = await playwright.request.newContext({ baseURL: mock.url + '/', extraHTTPHeaders: headers })
  expect((await context.get('pet/1')).status()).toBe(200)
  expect(await mock.journal.count()).toBe(1)
})
test('one at an earlier address', async () => {
  await ask(first + '/pet/1')
})
test('one without a session', async ({ playwright, testMock }) => {
  const context = await playwright.request.newContext({ extraHTTPHeaders: headers })
  expect((await context.get(testMock.url + '/pet/1')).status()).toBe(200)
})
test('well after these', async ({ request, mock }) => {
  expect((await request.get(mock.url + '/pet/1', { headers })).status()).toBe(200)
})`,
  )
  const mock = createMock()
  const { url, close } = await mock.listen()
  for (const use of ['{}', `{ mockOptions: { url: '${url}' } }`]) {
    const { results } = await playwright(project, 'clients.spec.mjs', use)
    expect(results).toEqual({
      'node:http': { passed: true, message: '' },
      'a context of requests': { passed: true, message: '' },
      'one without a session': {
        passed: false,
        message: expect.stringContaining('1 request came without a session, where all tests share one state'),
      },
      'one at an earlier address': {
        passed: false,
        message: expect.stringContaining(
          '1 request came to the session of "node:http", which had ended: GET /v2/pet/1.',
        ),
      },
      'well after these': { passed: true, message: '' },
    })
  }
  await close()
})

test('a mock that runs already is used, also by relative addresses, and is left as it was', async () => {
  const mock = createMock()
  const { url, close } = await mock.listen()
  project.write(
    'running.spec.mjs',
    `${IMPORTS}
test('asks', async ({ request, testMock, mock }) => {
  expect(testMock.url).toBe('${url}')
  expect((await request.delete('pet/1', { headers })).status()).toBe(200)
  expect(await mock.journal.count()).toBe(1)
})`,
  )
  const use = `{ baseURL: '${url}/', mockOptions: { url: '${url}' } }`
  expect(await playwright(project, 'running.spec.mjs', use)).toMatchObject({ code: 0 })
  expect(mock.store.pets.has(1)).toBe(true)
  expect(mock.session('default').journal.count()).toBe(0)
  await close()
})

test('the example for Playwright passes', async () => {
  project.write('example.spec.mjs', exampleFor('playwright'))
  expect(await playwright(project, 'example.spec.mjs')).toMatchObject({ code: 0 })
})
