import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Browser, chromium } from 'playwright-core'
import { htmlReport } from './html-report.ts'
import { SAMPLE } from './report.test.support.ts'

let browser: Browser
beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
})
afterAll(() => browser.close())

test('a browser shows the verdict, each finding, and the coverage when it is opened', async () => {
  const page = await browser.newPage({ viewport: { width: 1000, height: 900 } })
  const troubles: string[] = []
  page.on('console', (message) => troubles.push(message.text()))
  page.on('request', (request) => troubles.push(request.url()))
  page.on('dialog', (dialog) => void troubles.push(dialog.message()))
  await page.setContent(htmlReport(SAMPLE))
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('It does not conform')
  expect(await page.locator('article.failure').innerText()).toContain('500 & 100%')
  expect(await page.locator('article').count()).toBe(3)
  expect(await page.getByText('no user').isVisible()).toBe(false)
  await page.getByText('every cell of the document').click()
  expect(await page.getByText('no user').isVisible()).toBe(true)
  expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true)
  expect(troubles).toEqual([])
})
