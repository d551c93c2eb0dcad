import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { SAMPLE } from '../../src/contract/reports/report.test.support.ts'
import type { FaultKindName } from '../../src/mock/faults/fault.ts'
import { becomes } from './becomes.test.support.ts'
import { type MockPages, sees, startMockPages } from './mock-page.test.support.ts'

let pages: MockPages
beforeAll(async () => {
  pages = await startMockPages()
})
afterAll(() => pages.close())
beforeEach(() => {
  pages.mock.session().reset()
  pages.mock.faults.clear()
})

test('a fault is made by the form, and its hits are counted', async () => {
  const page = await pages.open('/faults')
  await page.getByText('No fault yet.').waitFor()
  await page.getByLabel('operationId').selectOption('getPetById')
  await page.getByLabel('status required').fill('503')
  await page.getByRole('button', { name: 'Add fault' }).click()
  await sees(page, 'Added the fault.')
  await page.getByText('no hit yet').waitFor()
  expect((await pages.ask('/pet/1')).status).toBe(503)
  await page.getByText('1 hit', { exact: true }).waitFor()
  await page.getByText('spent').waitFor()
  await page.getByRole('button', { name: /^Remove fault-/ }).click()
  await page.getByText('No fault yet.').waitFor()
})

test('the form has the fields of the kind, and a refusal stands at its field', async () => {
  const page = await pages.open('/faults')
  await page.getByLabel('kind required').selectOption('rate-limit')
  await page.getByLabel('limit required').fill('many')
  await page.getByLabel('window required').fill('1000')
  await page.getByLabel('path', { exact: true }).fill('/v2/typed')
  await page.getByRole('button', { name: 'Add fault' }).click()
  await page.locator('.field-error').waitFor()
  await becomes(() => page.getByLabel('limit required').getAttribute('aria-invalid'), 'true')
  await becomes(() => page.getByLabel('limit required').inputValue(), 'many')
  await becomes(() => page.getByLabel('path', { exact: true }).inputValue(), '/v2/typed')
  expect(pages.mock.faults.list()).toEqual([])
})

/** The fields that a kind asks for. */
const STEPS: Readonly<Record<FaultKindName, Readonly<Record<string, string>>>> = {
  none: {},
  status: { status: '503' },
  delay: { ms: '1' },
  'slow-body': { ms: '1' },
  truncated: {},
  reset: {},
  'reset-in-body': {},
  'empty-reply': {},
  malformed: {},
  'rate-limit': { limit: '2', window: '1000' },
  'break-schema': { way: 'missing-required' },
}

test.each(Object.entries(STEPS))('a fault of kind %s is made by the form', async (kind, fields) => {
  const page = await pages.open('/faults')
  await page.getByLabel('kind required').selectOption(kind)
  for (const [name, value] of Object.entries(fields)) {
    const field = page.locator(`[id="field/steps/0/${name}"]`)
    await (name === 'way' ? field.selectOption(value) : field.fill(value))
  }
  await page.getByRole('button', { name: 'Add fault' }).click()
  await sees(page, 'Added the fault.')
  const typed = Object.entries(fields).map(([name, value]) => [name, /^\d+$/.test(value) ? Number(value) : value])
  expect(pages.mock.faults.list()).toMatchObject([{ steps: [{ kind, ...Object.fromEntries(typed) }] }])
})

test('a fault is made by keyboard alone', async () => {
  const page = await pages.open('/faults')
  await page.getByLabel('path', { exact: true }).focus()
  await page.keyboard.type('/v2/pet/2')
  await page.getByLabel('status required').focus()
  await page.keyboard.press('Control+A')
  await page.keyboard.type('404')
  await page.keyboard.press('Enter')
  await sees(page, 'Added the fault.')
  expect(pages.mock.faults.list()).toMatchObject([
    { match: { path: '/v2/pet/2' }, steps: [{ kind: 'status', status: 404 }] },
  ])
})

test('sessions are started, shown, reset and deleted', async () => {
  const page = await pages.open('/sessions')
  await page.getByLabel('Id of the session').fill('checkout')
  await page.getByLabel('Pack of seed data').selectOption('one')
  await page.getByRole('button', { name: 'Start session' }).click()
  await sees(page, 'Started checkout.')
  await page.getByRole('button', { name: 'Show checkout' }).click()
  await becomes(() => page.getByRole('combobox', { name: 'Session', exact: true }).inputValue(), 'checkout')
  await page.evaluate("location.hash = '#/state/pets'")
  await page.getByText('1 of 1 pets').waitFor()
  await page.evaluate("location.hash = '#/sessions'")
  const card = page.locator('li.card', { hasText: 'checkout' })
  await card.getByRole('button', { name: 'Reset' }).click()
  await card.getByRole('button', { name: 'Reset checkout?' }).click()
  await sees(page, 'Reset checkout.')
  await card.getByRole('button', { name: 'Delete' }).click()
  await card.getByRole('button', { name: 'Delete checkout?' }).click()
  await card.waitFor({ state: 'detached' })
  await becomes(() => page.getByRole('combobox', { name: 'Session', exact: true }).inputValue(), 'default')
})

test('an address leads others to the record of the same session, and the links of the page stay in it', async () => {
  await pages.mock.session('sent').putState({ pets: [{ id: 7, name: 'Of the session', photoUrls: [] }] })
  const page = await pages.open('/state/pets/7?session=sent')
  const selected = page.getByRole('combobox', { name: 'Session', exact: true })
  await page.getByText('Of the session').first().waitFor()
  await becomes(() => selected.inputValue(), 'sent')
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'clock' }).click()
  await page.getByRole('heading', { level: 1, name: 'Clock' }).waitFor()
  await becomes(() => page.evaluate('location.hash'), '#/clock?session=sent')
  await page.goBack()
  await page.getByText('Of the session').first().waitFor()
  await selected.selectOption('default')
  await page.getByText('10 of 10 pets').waitFor()
  await becomes(() => page.evaluate('location.hash'), '#/state/pets/7')
})

test('by keyboard alone a session is started, and a report is reached', async () => {
  const page = await pages.open('/sessions')
  await page.getByLabel('Id of the session').focus()
  await page.keyboard.type('keys')
  await page.keyboard.press('Enter')
  await sees(page, 'Started keys.')
  await page.getByRole('button', { name: 'Show keys' }).focus()
  await page.keyboard.press('Space')
  await becomes(() => page.getByRole('combobox', { name: 'Session', exact: true }).inputValue(), 'keys')
  await page.evaluate("location.hash = '#/reports'")
  await page.getByRole('heading', { level: 1, name: 'Reports' }).waitFor()
  await page.keyboard.press('Tab')
  await becomes(() => page.evaluate('document.activeElement.type'), 'file')
})

test('an id that no session can have is refused in words, and stays', async () => {
  const page = await pages.open('/sessions')
  await page.getByLabel('Id of the session').fill('a b')
  await page.getByLabel('Id of the session').press('Enter')
  await page.getByRole('alert').waitFor()
  await becomes(() => page.getByLabel('Id of the session').inputValue(), 'a b')
})

test('the clock is set, advanced, run and frozen', async () => {
  const page = await pages.open('/clock')
  await page.getByRole('textbox', { name: 'Time to set' }).fill('2031-02-03T04:05:06Z')
  await page.getByRole('textbox', { name: 'Time to set' }).press('Enter')
  await page.getByText('2031-02-03 04:05:06 UTC').waitFor()
  await page.getByRole('textbox', { name: 'Time to advance by' }).fill('90s')
  await page.getByRole('button', { name: 'Advance', exact: true }).click()
  await page.getByText('2031-02-03 04:06:36 UTC').waitFor()
  await page.getByRole('button', { name: 'Run' }).click()
  await page.getByRole('button', { name: 'Freeze' }).click()
  await page.getByText('frozen', { exact: true }).waitFor()
  await page.getByRole('button', { name: '+ 1 day' }).click()
  await page.getByText(/^2031-02-04 04:06:/).waitFor()
})

test('a time that is none is refused at its field', async () => {
  const page = await pages.open('/clock')
  await page.getByRole('textbox', { name: 'Time to set' }).fill('tomorrow')
  await page.getByRole('textbox', { name: 'Time to set' }).press('Enter')
  await page.locator('.field-error').waitFor()
  await becomes(() => page.getByRole('textbox', { name: 'Time to set' }).inputValue(), 'tomorrow')
  await page.getByRole('textbox', { name: 'Time to advance by' }).fill('soon')
  await page.getByRole('textbox', { name: 'Time to advance by' }).press('Enter')
  await page.locator('#field\\/advance-error').waitFor()
})

test('coverage has a cell for each operation and status, which counts on', async () => {
  const page = await pages.open('/coverage')
  const cell = page
    .locator('tr', { has: page.getByRole('link', { name: 'getInventory' }) })
    .locator('td')
    .first()
  await cell.waitFor()
  const before = Number(await cell.innerText())
  await pages.ask('/store/inventory')
  await cell.getByText(String(before + 1), { exact: true }).waitFor()
})

test('a report is opened and shown; a file that is none is refused in words', async () => {
  const page = await pages.open('/reports')
  const upload = page.getByLabel('Open a report')
  await upload.setInputFiles({
    name: 'r.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(SAMPLE)),
  })
  await page.getByRole('region', { name: 'Report r.json' }).waitFor()
  await becomes(() => page.locator('.report').innerText(), expect.stringContaining('getPetById'))
  await becomes(() => page.getByText("curl -i 'http://127.0.0.1:4010/v2/pet/1'").first().isVisible(), true)
  await upload.setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{}') })
  await sees(page, /^x\.json: The file is no report/)
  const wrong = {
    verdict: 'fails',
    findings: [7, null, { id: {}, level: [], message: 1 }],
    coverage: 'none',
    skipped: {},
  }
  await upload.setInputFiles({
    name: 'w.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(wrong)),
  })
  await page.getByRole('region', { name: 'Report w.json' }).waitFor()
  await upload.setInputFiles({ name: 'b.png', mimeType: 'image/png', buffer: Buffer.from([0x89, 0x50, 0xff, 0]) })
  await sees(page, /^b\.png: The file is not JSON/)
  await page.getByLabel('URL of the server').fill('https://staging.example/v2')
  await sees(
    page,
    'npx inboxes-mock contract --base-url https://staging.example/v2 --mode safe --report json=contract-report.json',
  )
})

test('by keyboard alone the clock is moved, coverage is narrowed and followed, and its operation is tried', async () => {
  const page = await pages.open('/clock')
  await page.getByRole('button', { name: '+ 1 day' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText(/^2030-01-02 /).waitFor()
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'coverage' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Coverage' }).waitFor()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await becomes(() => page.getByLabel('All sessions').isChecked(), false)
  await page.getByRole('link', { name: 'getPetById' }).focus()
  await page.keyboard.press('Enter')
  await page.getByLabel('petId').focus()
  await page.keyboard.press('Control+A')
  await page.keyboard.type('2')
  await page.keyboard.press('Enter')
  await page.getByRole('region', { name: 'Answer' }).getByText('"Molly"').waitFor()
})

/** The document that the mock serves. */
async function readDocument() {
  const response = await fetch(`${pages.origin}/openapi.json`)
  return (await response.json()) as { paths: Record<string, { get: { responses: Record<string, object> } }> }
}

test('the badges tell what a live server has shown', async () => {
  // A document that marks a part so. It is read beforehand: a read within the route would end with the page that it serves.
  const document = await readDocument()
  Object.assign(document.paths['/pet/{petId}']?.get.responses['200'] ?? {}, { 'x-observed': true })
  const page = await pages.open('/reference/getPetById', {
    before: (page) => page.route('**/openapi.json', (route) => route.fulfill({ json: document })),
  })
  const badges = page.locator('.members li', { hasText: '200' }).locator('.badges').first()
  await badges.waitFor()
  await becomes(() => badges.innerText(), expect.stringContaining('observed'))
})

test('an operation is tried from the reference, with the key filled in', async () => {
  const page = await pages.open('/reference/getPetById')
  await becomes(() => page.getByLabel('api_key').inputValue(), 'special-key')
  await page.getByLabel('petId').fill('2')
  await page.getByRole('button', { name: 'Send' }).click()
  const answer = page.getByRole('region', { name: 'Answer' })
  await answer.getByText('/v2/pet/2').waitFor()
  await becomes(() => answer.innerText(), expect.stringContaining('200'))
  await becomes(() => answer.innerText(), expect.stringContaining('"Molly"'))
})

test('a refusal of a try stands at its field', async () => {
  const page = await pages.open('/reference/getPetById')
  await page.getByLabel('petId').fill('x')
  await page.getByLabel('petId').press('Enter')
  await page.locator('.try .field-error').waitFor()
  await becomes(() => page.getByLabel('petId').getAttribute('aria-invalid'), 'true')
  await becomes(() => page.getByLabel('petId').inputValue(), 'x')
})

test('the reference tells what is published and what is inferred', async () => {
  const page = await pages.open('/reference/getPetById')
  const response = (status: string) => page.locator('.members li', { hasText: status }).locator('.badges').first()
  await response('200').waitFor()
  await becomes(() => response('200').innerText(), 'published')
  await becomes(() => response('401').innerText(), 'inferred')
  await becomes(() => response('404').innerText(), expect.stringMatching(/published\s*content inferred/))
})

test('the pages asked the mock alone, and had no error', () => {
  expect(pages.troubles).toEqual([])
  expect([...pages.asked]).toEqual([pages.origin])
})
