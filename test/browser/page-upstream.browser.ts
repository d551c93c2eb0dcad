import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { becomes } from './becomes.test.support.ts'
import { axe, fitsWidth, type MockPages, sees, startMockPages } from './mock-page.test.support.ts'

let live: Server
let url: string
let pages: MockPages

/** A live server whose pets have a number for a name. */
beforeAll(async () => {
  live = createServer((_req, res) => {
    res.setHeader('Content-Type', 'application/json')
    res.end('{"id":1,"name":7,"photoUrls":[]}')
  })
  live.listen(0, '127.0.0.1')
  await once(live, 'listening')
  url = `http://127.0.0.1:${(live.address() as AddressInfo).port}/v2`
  pages = await startMockPages({ upstream: { url } })
})
afterAll(async () => {
  await pages.close()
  live.close()
  live.closeAllConnections()
})

const upstream = async () => JSON.parse(await (await fetch(`${pages.origin}/__admin/upstream`)).text())
const firstRow = (page: Page) => page.locator('tbody tr:not(.spacer)').first()

test('the way an answer broke the document is listed while it comes, and forgotten', async () => {
  const page = await pages.open('/upstream')
  await page.getByText(url).waitFor()
  await pages.ask('/pet/1')
  const violations = page.getByRole('region', { name: /^Answers that broke the document: 1$/ })
  await violations.waitFor()
  await becomes(
    () => violations.innerText(),
    expect.stringMatching(/getPetById[\s\S]*\/body\/name[\s\S]*1 ×[\s\S]*not 7\.[\s\S]*line \d+/),
  )
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await axe(page)).toEqual([])
  }
  await page.setViewportSize({ width: 360, height: 780 })
  expect(await fitsWidth(page)).toBe(true)
  await page.getByRole('button', { name: 'Forget them' }).click()
  await page.getByRole('button', { name: 'Forget all violations?' }).click()
  await page.getByRole('region', { name: /^Answers that broke the document: 0$/ }).waitFor()
})

test('the source of each answer is shown, and why it is not the live server', async () => {
  const page = await pages.open('/requests')
  await pages.ask('/pet/1')
  await firstRow(page).getByText('live server', { exact: true }).waitFor()
  await page.evaluate("location.hash = '#/upstream'")
  await page.getByRole('button', { name: 'Pause' }).focus()
  await page.keyboard.press('Enter')
  await sees(page, 'The live server is paused.')
  expect(await upstream()).toMatchObject({ pause: true })
  await pages.ask('/pet/1')
  await page.evaluate("location.hash = '#/requests'")
  await firstRow(page).getByText('paused', { exact: true }).waitFor()
  await firstRow(page).getByRole('link').click()
  await page.locator('.facts').getByText('paused', { exact: true }).waitFor()
  await page.evaluate("location.hash = '#/upstream'")
  await page.getByRole('button', { name: 'Ask it again' }).click()
  await sees(page, 'The live server is asked again.')
  expect(await upstream()).toMatchObject({ pause: false })
})

test('the settings are changed by the form, and a refusal stands at its field', async () => {
  const page = await pages.open('/upstream')
  await page.getByLabel('mode').selectOption('check')
  await page.getByLabel('strict').selectOption('true')
  await page.getByRole('button', { name: 'Save settings' }).click()
  await sees(page, 'The settings are saved.')
  expect(await upstream()).toMatchObject({ mode: 'check', strict: true, pass: [], mock: [] })
  await page.getByRole('button', { name: 'Add to pass' }).click()
  await page.getByLabel('pass 1').fill('getPetByI')
  await page.getByRole('button', { name: 'Save settings' }).click()
  await page.locator('.field-error').waitFor()
  await becomes(() => page.locator('.field-error').innerText(), expect.stringContaining('getPetById'))
  await becomes(() => page.getByLabel('pass 1').inputValue(), 'getPetByI')
  expect(await axe(page)).toEqual([])
  expect(await upstream()).toMatchObject({ mode: 'check', pass: [] })
})

test('what is typed stays when another changes the settings, and the form says so', async () => {
  const put = (change: object) =>
    fetch(`${pages.origin}/__admin/upstream`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(change),
    })
  await put({ mode: 'read', strict: false })
  const page = await pages.open('/upstream')
  await put({ mode: 'full' })
  await page.getByText('full mode').waitFor()
  await becomes(() => page.getByLabel('mode').inputValue(), 'full')
  await page.getByRole('button', { name: 'Add to pass' }).click()
  await page.getByLabel('pass 1').fill('getPetB')
  await put({ mode: 'check' })
  await sees(page, 'The settings were changed meanwhile. Saving replaces them.')
  await becomes(() => page.getByLabel('pass 1').inputValue(), 'getPetB')
  await page.getByLabel('pass 1').fill('getPetById')
  await page.getByRole('button', { name: 'Save settings' }).click()
  await sees(page, 'The settings are saved.')
  expect(await upstream()).toMatchObject({ mode: 'full', pass: ['getPetById'] })
  await page.getByText('meanwhile').waitFor({ state: 'detached' })
})

test('what the live server has shown is saved as a file', async () => {
  const page = await pages.open('/upstream')
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download recording' }).click()
  expect((await downloading).suggestedFilename()).toBe('recording.json')
})

test('the pages asked the mock alone, and had no error', () => {
  expect(pages.troubles).toEqual([])
  expect([...pages.asked]).toEqual([pages.origin])
})
