import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Browser, chromium } from 'playwright-core'
import type { ContractReport } from '../../src/contract/report.ts'
import { htmlReport } from '../../src/contract/reports/html-report.ts'
import { SAMPLE } from '../../src/contract/reports/report.test.support.ts'
import { becomes } from './becomes.test.support.ts'

let browser: Browser
beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
})
afterAll(() => browser.close())

async function open(report: ContractReport, width = 1000) {
  const page = await browser.newPage({ viewport: { width, height: 900 } })
  const troubles: string[] = []
  page.on('console', (message) => troubles.push(message.text()))
  page.on('request', (request) => troubles.push(request.url()))
  page.on('dialog', (dialog) => void troubles.push(dialog.message()))
  await page.setContent(htmlReport(report))
  return { page, troubles }
}

test('a browser shows the verdict, what to do next, each failure with its command, and the grid of coverage', async () => {
  const { page, troubles } = await open(SAMPLE)
  await becomes(() => page.getByRole('heading', { level: 1 }).innerText(), 'It does not conform')
  await becomes(() => page.locator('header').innerText(), expect.stringContaining('Next: begin with getPetById'))
  const failure = page.locator('article.failure')
  await becomes(() => failure.count(), 1)
  await becomes(() => failure.innerText(), expect.stringContaining('500 & 100%'))
  await becomes(() => failure.getByText("curl -i 'http://127.0.0.1:4010/v2/pet/1'").isVisible(), true)
  await becomes(() => page.getByRole('cell', { name: '1 of 1, failed' }).isVisible(), true)
  expect(troubles).toEqual([])
})

test('a browser leads from the list of operations to their failures', async () => {
  const { page } = await open(SAMPLE)
  await page.getByRole('navigation').getByRole('link', { name: 'getPetById' }).click()
  await becomes(() => page.evaluate('location.hash'), '#operation-getPetById')
})

test('a browser shows every cell with its reason when they are opened', async () => {
  const { page } = await open(SAMPLE)
  const reason = page.getByRole('cell', { name: 'no user' })
  expect(await reason.isVisible()).toBe(false)
  await page.getByText('Every cell of the document').click()
  await becomes(() => reason.isVisible(), true)
})

test.each([360, 1000])('nothing of the report is cut off or runs out of a window %i wide', async (width) => {
  const { page } = await open(SAMPLE, width)
  await page.getByText('Every cell of the document').click()
  expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true)
})
