import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { playwright } from '../../src/testing/playwright.test.support.ts'
import { createProject, type Project } from '../../src/testing/project.test.support.ts'

let project: Project
beforeAll(() => {
  project = createProject('browser', ['@playwright/test'])
})
afterAll(() => project.remove())

const CHROMIUM = `{ launchOptions: { executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-background-networking'] } }`

/** An application on an origin of its own, as a developer's server is, and other servers that it asks. */
const APPLICATION = `
import { createServer } from 'node:http'
import { expect, test as base } from '@playwright/test'
import { selectSession, withMock } from 'inboxes-mock/testing/playwright'

const test = withMock(base)
const seen = []
const app = createServer((req, res) => {
  seen.push(req.headers)
  res.setHeader('Content-Type', 'text/html').end('<!doctype html><link rel="icon" href="data:,"><h1>app</h1>')
})
test.beforeAll(() => new Promise((resolve) => app.listen(0, '127.0.0.1', resolve)))
test.afterAll(() => new Promise((resolve) => { app.close(resolve); app.closeAllConnections() }))
const origin = () => 'http://localhost:' + app.address().port
const ask = (page, url, method) => page.evaluate(
  async ([to, how]) => (await fetch(to, { method: how, headers: { api_key: 'special-key' } })).status, [url, method])
`

test('what a page asks of the mock is for the test, and only that', async () => {
  project.write(
    'page.spec.mjs',
    `${APPLICATION}
for (const title of ['one', 'two'])
  test(title, async ({ page, testMock, mock }) => {
    await page.goto(origin())
    expect(await ask(page, testMock.url + '/pet/1', 'DELETE')).toBe(200)
    await mock.expectRequests({ request: { operationId: 'deletePet' }, exactly: 1 })
    expect(await ask(page, origin() + '/other', 'GET')).toBe(200)
    expect(seen.length).toBeGreaterThan(0)
    expect(seen.filter((headers) => 'x-mock-session' in headers)).toEqual([])
  })
test('a context of its own', async ({ browser, testMock, mock }) => {
  const context = await browser.newContext()
  await selectSession(context, testMock.url, mock)
  const page = await context.newPage()
  await page.goto(origin())
  expect(await ask(page, testMock.url + '/pet/1', 'DELETE')).toBe(200)
  expect(await mock.journal.count({ operationId: 'deletePet' })).toBe(1)
  await context.close()
})
for (const title of ['three', 'four'])
  test(title, async ({ page, browser, testMock, mock }) => {
    const headers = { api_key: 'special-key' }
    expect((await page.request.delete(testMock.url + '/pet/1', { headers })).status()).toBe(200)
    expect((await page.request.get(mock.url + '/pet/1', { headers })).status()).toBe(404)
    const context = await browser.newContext()
    expect((await context.request.get(testMock.url + '/pet/1', { headers })).status()).toBe(404)
    const other = await context.newPage()
    await other.goto(origin())
    expect(await ask(other, testMock.url + '/pet/1', 'GET')).toBe(404)
    expect(await ask(other, mock.url + '/pet/1', 'GET')).toBe(404)
    expect(await mock.journal.count({ method: 'GET' })).toBe(4)
    await context.close()
  })
let shared
test.beforeAll(async ({ browser }) => { shared = await browser.newContext() })
test.afterAll(() => shared.close())
for (const title of ['five', 'six'])
  test(title, async ({ testMock, mock }) => {
    const page = await shared.newPage()
    await page.goto(origin())
    expect([await ask(page, testMock.url + '/pet/1', 'DELETE'), await ask(page, testMock.url + '/pet/1', 'GET')]).toEqual([200, 404])
    expect(await mock.journal.count({ operationId: 'deletePet' })).toBe(1)
  })
test('wrong by page.request', async ({ page, mock }) => {
  await page.request.get(mock.url + '/petz')
})
test('wrong', async ({ page, testMock }) => {
  await page.goto(origin())
  await ask(page, testMock.url + '/pet/findByStatus?status=availible', 'GET')
})`,
  )
  const { results, printed } = await playwright(project, 'page.spec.mjs', CHROMIUM)
  expect(results).toMatchObject({
    one: { passed: true, message: '' },
    two: { passed: true, message: '' },
    'a context of its own': { passed: true, message: '' },
    three: { passed: true, message: '' },
    four: { passed: true, message: '' },
    five: { passed: true, message: '' },
    six: { passed: true, message: '' },
    wrong: { passed: false },
    'wrong by page.request': { passed: false, message: expect.stringContaining('GET /v2/petz was refused with 404') },
  })
  expect(results.wrong?.message).toContain('did you mean available?')
  expect(printed).toContain('what "wrong" asked for:')
})
