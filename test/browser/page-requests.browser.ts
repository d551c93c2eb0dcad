import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { becomes } from './becomes.test.support.ts'
import { hashOf, type MockPages, sees, startMockPages } from './mock-page.test.support.ts'

let pages: MockPages
beforeAll(async () => {
  pages = await startMockPages()
})
afterAll(() => pages.close())
beforeEach(() => {
  pages.mock.session().reset()
  pages.mock.journal.clear()
  pages.mock.faults.clear()
})

const JSON_TYPE = { 'Content-Type': 'application/json' }
const BAD_PET = '{"id":"x","name":7,"photoUrls":["a"],"status":"gone","tags":[{"id":1,"name":"tag1"}]}'
const putBadPet = () => pages.ask('/domain', { method: 'PUT', headers: JSON_TYPE, body: BAD_PET })

const rows = (page: Page) => page.locator('tbody tr:not(.spacer)')

test('a request is shown while it comes, the newest first, and the page says that it is live', async () => {
  const page = await pages.open('/requests')
  await page.getByText('No request yet.').waitFor()
  await becomes(() => page.locator('.connection').innerText(), expect.stringContaining('Live'))
  const started = performance.now()
  await pages.ask('/pet/1')
  await rows(page).first().waitFor()
  expect(performance.now() - started).toBeLessThan(20_000)
  await pages.ask('/pet/4711')
  await rows(page).nth(1).waitFor()
  await becomes(() => rows(page).first().innerText(), expect.stringMatching(/GET\s+\/v2\/pet\/4711[\s\S]*404/))
})

test('the list is filtered by text, operation, session and refusals', async () => {
  await pages.ask('/pet/1')
  await pages.ask('/pet/4711')
  await pages.ask('/store/inventory', { headers: { 'X-Mock-Session': 'other' } })
  const page = await pages.open('/requests')
  await rows(page).nth(2).waitFor()
  await page.getByPlaceholder('Text in path, status or body').fill('4711')
  await becomes(() => rows(page).allInnerTexts(), [expect.stringContaining('/v2/pet/4711')])
  await page.getByPlaceholder('Text in path, status or body').fill('')
  await page.getByRole('combobox', { name: 'Operation', exact: true }).selectOption('getInventory')
  await becomes(() => rows(page).allInnerTexts(), [expect.stringContaining('/v2/store/inventory')])
  await page.getByRole('combobox', { name: 'Operation', exact: true }).selectOption('')
  await page.getByLabel('Session of requests').selectOption('other')
  await becomes(() => rows(page).allInnerTexts(), [expect.stringContaining('/v2/store/inventory')])
  await rows(page).first().getByRole('link').click()
  await becomes(() => hashOf(page), '#/requests/1/other')
  await page.getByLabel('Session of requests').selectOption('')
  await page.getByLabel('Refused only').check()
  await becomes(() => rows(page).allInnerTexts(), [expect.stringContaining('/v2/pet/4711')])
  await page.getByPlaceholder('Text in path, status or body').fill('nothing has this')
  await page.getByText('No request matches.').waitFor()
})

test('a choice that no request has any more stays, and is seen', async () => {
  await pages.ask('/store/inventory')
  const page = await pages.open('/requests')
  const operation = page.getByRole('combobox', { name: 'Operation', exact: true })
  await rows(page).first().waitFor()
  await operation.selectOption('getInventory')
  await page.getByRole('button', { name: 'Clear' }).click()
  await page.getByRole('button', { name: 'Forget all requests?' }).click()
  await page.getByText('No request yet.').waitFor()
  await pages.ask('/pet/1')
  await page.getByText('No request matches.').waitFor()
  await becomes(() => operation.inputValue(), 'getInventory')
})

test('a refused request shows each violation at its place, with its line, and both sides', async () => {
  await putBadPet()
  const page = await pages.open('/requests/1')
  const body = page.getByRole('region', { name: 'Body that was sent' })
  await body.waitFor()
  const marked = await page.locator('.json-line.marked').allInnerTexts()
  expect(marked).toHaveLength(3)
  expect(marked[0]).toMatch(/"id": "x"[\s\S]*Expected[\s\S]*openapi\.yaml, line \d+/)
  expect(marked[2]).toMatch(/"status": "gone"[\s\S]*available, pending, sold/)
  await page.getByRole('heading', { name: 'Answered 400 Bad Request' }).waitFor()
  await becomes(() => page.getByText('about:blank').isVisible(), true)
})

test('a refused query has its mark and the suggestion at the parameter', async () => {
  await pages.ask('/pet/findByStatus?status=availible')
  const page = await pages.open('/requests/1')
  const mark = page.locator('dl .mark')
  await mark.waitFor()
  await becomes(() => mark.innerText(), expect.stringContaining('Did you mean available?'))
})

test('one click copies the request as curl', async () => {
  await pages.ask('/pet/1')
  await pages.ask('/store/inventory')
  const page = await pages.open('/requests/1')
  await page.getByRole('button', { name: 'Copy as curl' }).click()
  await sees(page, 'Copied: the request as curl.')
  const copied = await page.evaluate<string>('navigator.clipboard.readText()')
  expect(copied).toMatch(/^curl .*\/v2\/pet\/1'?$/)
})

test('"fail the next one like this" makes a fault that the next request meets', async () => {
  await pages.ask('/pet/1')
  const page = await pages.open('/requests/1')
  await page.getByLabel('Status of the failure').selectOption('503')
  await page.getByRole('button', { name: 'Fail the next one like this' }).click()
  await sees(page, 'The next GET /v2/pet/1 gets 503.')
  const statuses = [await pages.ask('/pet/2'), await pages.ask('/pet/1'), await pages.ask('/pet/1')]
  expect(statuses.map(({ status }) => status)).toEqual([200, 503, 200])
  await rows(page).nth(3).waitFor()
})

test('"make this a test" shows jest code of the requests up to it', async () => {
  await pages.ask('/pet/1')
  await pages.ask('/pet/2')
  const page = await pages.open('/requests/1')
  await page.getByRole('button', { name: 'Make this a test' }).click()
  const code = page.getByRole('dialog').getByRole('textbox')
  const text = await code.inputValue()
  expect(text).toContain("import { createMock } from 'inboxes-mock'")
  expect(text).toContain('GET /v2/pet/1 200')
  expect(text).not.toContain('/v2/pet/2')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

test('by keyboard alone a request is found, opened and copied', async () => {
  await pages.ask('/pet/1')
  await putBadPet()
  const page = await pages.open('/requests')
  await rows(page).nth(1).waitFor()
  await page.getByPlaceholder('Text in path, status or body').focus()
  await page.keyboard.type('pet/1')
  for (let tries = 0; tries < 12; tries++) {
    await page.keyboard.press('Tab')
    if (await page.evaluate("document.activeElement.classList.contains('window')")) break
  }
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('article', { name: 'Request 1' }).waitFor()
  await becomes(() => hashOf(page), '#/requests/1')
  await page.getByRole('button', { name: 'Copy as curl' }).focus()
  await page.keyboard.press('Enter')
  await sees(page, 'Copied: the request as curl.')
})

const HOSTILE = `<script>alert(1)</script><img src=x onerror=alert(2)>`
const RIGHT_TO_LEFT = '\u202e\u05e9\u05dc\u05d5\u05dd {{7*7}}'

test('HTML and right-to-left text of a request are shown as text', async () => {
  const body = JSON.stringify({ username: HOSTILE, firstName: RIGHT_TO_LEFT, [HOSTILE]: 1 })
  await pages.ask('/user', { method: 'POST', headers: { ...JSON_TYPE, 'X-Note': HOSTILE }, body })
  await pages.ask(`/user/${encodeURIComponent(HOSTILE)}?q=${encodeURIComponent(HOSTILE)}`)
  const page = await pages.open('/requests/1')
  await page.getByText(JSON.stringify(HOSTILE)).first().waitFor()
  await becomes(() => page.locator('.json').first().innerText(), expect.stringContaining(RIGHT_TO_LEFT))
  await page.evaluate("location.hash = '#/requests/2'")
  await page.getByRole('article', { name: 'Request 2' }).waitFor()
  expect(await page.locator('main script, main img').count()).toBe(0)
})

test('a body of 1 MB is shown in part, and whole when it is asked for', async () => {
  const long = 'x'.repeat(1024 * 1024)
  const body = JSON.stringify({ username: 'ada', firstName: long, lastName: 7 })
  await pages.ask('/user', { method: 'POST', headers: JSON_TYPE, body })
  const page = await pages.open('/requests/1')
  await page
    .getByRole('button', { name: /^Show all 1,048,578 characters$/ })
    .first()
    .waitFor()
  expect((await page.locator('main').innerText()).length).toBeLessThan(50_000)
  await page
    .getByRole('button', { name: /^Show all 1,048,578 characters$/ })
    .first()
    .click()
  await becomes(() => page.locator('.json').first().textContent(), expect.stringContaining(long))
})

test('a body of 100,000 values is shown in part, with all of its marks', async () => {
  const tags = Array.from({ length: 50_000 }, (_one, id) => ({ id, name: id === 49_999 ? 7 : 'a' }))
  const body = JSON.stringify({ name: 'a', photoUrls: [], tags })
  await pages.ask('/domain', { method: 'PUT', headers: JSON_TYPE, body })
  const page = await pages.open('/requests/1')
  await page.locator('.json-line.marked', { hasText: '"name": 7' }).waitFor()
  expect(await page.locator('.json-line').count()).toBeLessThan(1_000)
})

test('a body that is too large for an event is whole when the request is opened', async () => {
  const page = await pages.open('/requests')
  await page.getByText('Live').waitFor()
  const body = JSON.stringify({ username: 'ada', firstName: 'x'.repeat(3 * 1024 * 1024) })
  await pages.ask('/user', { method: 'POST', headers: JSON_TYPE, body })
  await rows(page).filter({ hasText: '/v2/user' }).getByRole('link').click()
  await page.getByRole('button', { name: /^Show all 3,145,730 characters$/ }).waitFor()
  expect(await page.getByText('too large to be kept').count()).toBe(0)
})

test('XML is shown decoded and as it was sent', async () => {
  const body = '<Pet><id>1</id><name>a &amp; b</name><photoUrls>p</photoUrls></Pet>'
  await pages.ask('/domain', { method: 'PUT', headers: { 'Content-Type': 'application/xml' }, body })
  const page = await pages.open('/requests/1')
  await becomes(
    () => page.getByRole('region', { name: 'Body that was sent' }).innerText(),
    expect.stringContaining('"a & b"'),
  )
  await becomes(() => page.getByRole('region', { name: 'Body as it was sent' }).innerText(), body)
})

test('invalid UTF-8 is shown as text', async () => {
  const body = Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0x22, 0x7d])
  await pages.ask('/user', { method: 'POST', headers: JSON_TYPE, body })
  await fetch(`${pages.origin}/v2/user/%FF%FE`)
  const page = await pages.open('/requests/1')
  await page.getByRole('heading', { name: 'Answered 400 Bad Request' }).waitFor()
  await becomes(() => page.locator('.part').first().innerText(), expect.stringContaining('\ufffd'))
  await page.evaluate("location.hash = '#/requests/2'")
  await page.getByRole('article', { name: 'Request 2' }).getByText('/v2/user/%FF%FE').first().waitFor()
})

test('a request that is not kept says so, and one that comes appears at its address', async () => {
  const page = await pages.open('/requests/1')
  await page.getByText('Request 1 is not here.').waitFor()
  await pages.ask('/pet/1')
  await page.getByRole('heading', { name: 'Answered 200 OK' }).waitFor()
})

test('the pages asked the mock alone, and had no error', () => {
  expect(pages.troubles).toEqual([])
  expect([...pages.asked]).toEqual([pages.origin])
})
