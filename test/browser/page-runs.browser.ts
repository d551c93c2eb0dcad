import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { prepareRun } from '../../src/cli/commands/report-run.ts'
import { createMock, type Running } from '../../src/index.ts'
import type { PreparedRun, Progress, RunInput } from '../../src/mock/runs/runner.ts'
import { becomes } from './becomes.test.support.ts'
import { axe, fitsWidth, hashOf, type MockPages, sees, startMockPages } from './mock-page.test.support.ts'

/** The settings that keep runs short. */
const SHORT = { INBOXES_CONTRACT_ONLY: 'getPetById', INBOXES_CONTRACT_DEPTH: 'quick' }
/** The server whose run the test holds. */
const HELD = 'https://held.example/v2'

let pages: MockPages
let target: Running
const asked: RunInput[] = []
let tell = (_progress: Progress) => {}

/** Goes on until it is stopped. */
const held: PreparedRun = {
  baseUrl: HELD,
  hide: (text) => text,
  start: (signal, onProgress) => {
    tell = onProgress
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve({ verdict: 'could-not-run', problem: 'Stopped.', findings: [] }))
    })
  },
}

beforeAll(async () => {
  target = await createMock({ apiKeys: ['key-of-the-form'] }).listen()
  pages = await startMockPages({}, async (input) => {
    asked.push(input)
    return input.baseUrl === HELD ? held : prepareRun(input, {}, SHORT)
  })
})
afterAll(async () => {
  await pages.close()
  await target.close()
})

const runOf = (page: Page, id: string) => page.getByRole('region', { name: `Run ${id}`, exact: true })

test('a server is checked by keyboard alone, and its report is shown as that of a file', async () => {
  const page = await pages.open('/reports')
  await page.getByLabel('baseUrl required').focus()
  await page.keyboard.type(target.url)
  await page.keyboard.press('Tab')
  await page.keyboard.type('key-of-the-form')
  await becomes(() => page.getByLabel('apiKey').getAttribute('type'), 'password')
  await page.keyboard.press('Enter')
  await sees(page, 'The run has begun.')
  await becomes(() => hashOf(page), '#/reports/1')
  await becomes(() => page.getByLabel('apiKey').inputValue(), '')
  await runOf(page, '1').getByText('The run has ended.').waitFor()
  const report = page.getByRole('region', { name: 'Report of run 1' })
  await becomes(() => report.innerText(), expect.stringMatching(/conforms[\s\S]*contract[\s\S]*safe mode/))
  await report.getByRole('region', { name: 'Coverage of the run' }).waitFor()
  expect(asked).toMatchObject([{ kind: 'contract', baseUrl: target.url, apiKey: 'key-of-the-form' }])
  expect(await page.content()).not.toContain('key-of-the-form')
})

test('a run shows its progress, is found again at its address, and is stopped', async () => {
  const page = await pages.open('/reports')
  await page.getByLabel('kind required').selectOption('drift')
  await page.getByLabel('baseUrl required').fill(HELD)
  await page.getByRole('button', { name: 'Run in safe mode' }).click()
  await runOf(page, '2').getByText('The run goes on.').waitFor()
  tell({ step: 'reading a pet', done: 3, all: 12, requests: 41 })
  await runOf(page, '2').getByText('reading a pet').waitFor()
  const progress = page.getByRole('progressbar', { name: 'Parts of the run' })
  expect([await progress.getAttribute('value'), await progress.getAttribute('max')]).toEqual(['3', '12'])
  await runOf(page, '2').getByText('41 requests').waitFor()
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    expect(await axe(page)).toEqual([])
  }
  await page.setViewportSize({ width: 360, height: 780 })
  expect(await fitsWidth(page)).toBe(true)
  await page.reload()
  await runOf(page, '2').getByText('3 of 12').waitFor()
  await runOf(page, '2').getByRole('button', { name: 'Stop' }).click()
  await runOf(page, '2').getByText('The run was stopped.').waitFor()
  expect(await axe(page)).toEqual([])
  await runOf(page, '2').getByRole('button', { name: 'Forget' }).click()
  await runOf(page, '2').waitFor({ state: 'detached' })
  expect(await page.getByRole('region', { name: 'Latest runs' }).innerText()).not.toContain(HELD)
})

test('a second run at a time is refused in words', async () => {
  const page = await pages.open('/reports')
  await page.getByLabel('baseUrl required').fill(HELD)
  await page.getByRole('button', { name: 'Run in safe mode' }).click()
  await runOf(page, '3').getByText('The run goes on.').waitFor()
  await page.getByRole('button', { name: 'Run in safe mode' }).click()
  await sees(page, /A run goes on already/)
  await runOf(page, '3').getByRole('button', { name: 'Stop' }).click()
  await runOf(page, '3').getByText('The run was stopped.').waitFor()
})

test.each([
  ['baseUrl required', 'staging'],
  ['baseUrl required', 'https://ada:very-secret@staging.example/v2?token=1'],
  ['apiKey', 'two words'],
  ['maxMs', '9000000'],
])('a wrong %s is refused at its field, and nothing typed is lost', async (label, text) => {
  const page = await pages.open('/reports')
  await page.getByLabel('baseUrl required').fill(target.url)
  await page.getByLabel(label).fill(text)
  await page.getByRole('button', { name: 'Run in safe mode' }).click()
  await page.locator('.field-error').waitFor()
  await becomes(() => page.getByLabel(label).getAttribute('aria-invalid'), 'true')
  await becomes(() => page.evaluate('document.activeElement.id'), await page.getByLabel(label).getAttribute('id'))
  await becomes(() => page.getByLabel(label).inputValue(), text)
  expect(await page.locator('.field-error').innerText()).not.toContain('very-secret')
  expect(await axe(page)).toEqual([])
})

test('the command that does the same has the words of the form', async () => {
  const page = await pages.open('/reports')
  await page.getByLabel('kind required').selectOption('drift')
  await page.getByLabel('baseUrl required').fill('https://staging.example/v2')
  await page.getByText('The same in a shell').click()
  await sees(page, /^npx inboxes-mock drift --base-url https:\/\/staging\.example\/v2 --mode safe/)
})

test('the pages asked the mock alone, and had no error', () => {
  expect(pages.troubles).toEqual([])
  expect([...pages.asked]).toEqual([pages.origin])
})
