import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { createMock } from '../../src/index.ts'
import { becomes } from './becomes.test.support.ts'
import { axe, type MockPages, sees, startMockPages } from './mock-page.test.support.ts'

let pages: MockPages
beforeAll(async () => {
  pages = await startMockPages()
})
afterAll(() => pages.close())

const rows = (page: Page) => page.locator('tbody tr:not(.spacer)')
const live = (page: Page) => page.locator('.connection.live')

/** An address that the page asked, and the bytes of its answer. */
interface Asked {
  readonly path: string
  readonly bytes: number
}

const ASKED = `[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].map((one) =>
  ({ path: new URL(one.name).pathname, bytes: one.transferSize }))`

test('the first request is seen after seven answers of 50 kB in all, and needs no other', async () => {
  await pages.ask('/pet/1')
  const page = await pages.open('/requests', {
    // The document of the API and the list of sessions may come as late as they like.
    before: (page) => page.route('**/openapi.json', () => undefined),
  })
  await rows(page).first().waitFor()
  const asked = await page.evaluate<Asked[]>(ASKED)
  const paths = asked.map(({ path }) => path.replace(/-[\w-]{8}\./, '.')).sort()
  expect(paths).toEqual([
    '/',
    '/__admin/requests',
    ...paths.filter((path) => path === '/__admin/sessions'),
    '/__admin/ui/assets/index.css',
    '/__admin/ui/assets/index.js',
  ])
  expect(paths.length).toBeLessThanOrEqual(7)
  expect(asked.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(50_000)
})

test('the row has time, operation, session and source too', async () => {
  await pages.ask('/store/inventory', { headers: { 'X-Mock-Session': 'checkout' } })
  const page = await pages.open('/requests')
  await rows(page).filter({ hasText: '/v2/store/inventory' }).waitFor()
  const cells = rows(page).filter({ hasText: '/v2/store/inventory' }).locator('td')
  expect((await cells.allInnerTexts()).slice(2)).toEqual(['00:00:00', 'getInventory', 'checkout', 'mock'])
})

/** More than the page lists, for so long that it could draw thirty times. */
const BURSTS = 30
const IN_A_BURST = 100

test('a flood of requests is drawn once a second, and its latest 1,000 are listed in the end', async () => {
  const { mock } = pages
  mock.journal.clear()
  const page = await pages.open('/requests')
  await live(page).waitFor()
  await page.evaluate(`(() => {
    globalThis.draws = []
    new MutationObserver(() => draws.push(performance.now())).observe(document.querySelector('main'), { childList: true, subtree: true })
  })()`)
  for (let burst = 0; burst < BURSTS; burst++) {
    for (let sent = 0; sent < IN_A_BURST; sent++) await mock.fetch('/v2/pet/1', { headers: { api_key: 'special-key' } })
    await sleep(100)
  }
  await pages.ask('/pet/4711')
  // Those of other sessions count too.
  await page.getByText(/^1000 of 300[1-9] requests; the oldest 200[1-9] are not kept$/).waitFor()
  await rows(page).filter({ hasText: '/v2/pet/4711' }).waitFor()
  const draws = await page.evaluate<number[]>('draws')
  const seconds = ((draws.at(-1) ?? 0) - (draws[0] ?? 0)) / 1_000
  // One a second, with some for the first of the flood and the list in the end.
  expect(draws.length).toBeLessThan(seconds + 8)
})

test('a page in a hidden tab draws nothing, and catches up when it is seen', async () => {
  const page = await pages.open('/requests')
  await live(page).waitFor()
  // A browser does not draw a hidden tab: it calls none of these back.
  await page.evaluate(`(() => {
    globalThis.late = []
    globalThis.requestAnimationFrame = (work) => late.push(work)
  })()`)
  await pages.ask('/user/hidden')
  while ((await page.evaluate('late.length')) === 0) await sleep(50)
  expect(await rows(page).filter({ hasText: '/v2/user/hidden' }).count()).toBe(0)
  await page.evaluate('late.forEach((work) => work())')
  await rows(page).filter({ hasText: '/v2/user/hidden' }).waitFor()
})

test('a mock that is started again with other data is shown, which the page says, and a form keeps what was typed', async () => {
  const first = await createMock().listen({ port: 0 })
  const page = await pages.open('/requests')
  await fetch(`${first.url}/pet/1`, { headers: { api_key: 'special-key' } })
  await page.goto(`${new URL(first.url).origin}/#/requests`)
  await rows(page).first().waitFor()
  await page.evaluate("location.hash = '#/state/pets/7'")
  await page.getByLabel('name required').fill('Typed')
  await first.close()
  await page.getByText('Mock lost').waitFor()
  const second = await createMock({ pack: 'empty' }).listen({ port: first.port })
  try {
    await sees(page, 'Much may have changed meanwhile. The page has asked for all of it anew.')
    await page.getByText('0 of 0 pets').waitFor()
    await sees(page, 'This record was deleted meanwhile. Saving adds it again.')
    await becomes(() => page.getByLabel('name required').inputValue(), 'Typed')
    await page.evaluate("location.hash = '#/requests'")
    await page.getByText('No request yet.').waitFor()
  } finally {
    await page.context().close()
    await second.close()
  }
})

test.each([
  ['/requests/0', 'Request 0 is not here.'],
  ['/requests/x/none', 'Request x is not here.'],
  ['/state/pets/4711', 'Refused (404).'],
  ['/state/users/%F0%9F%90%BE%2F..', 'Refused (404).'],
  ['/state/nothing', '10 of 10 pets'],
  ['/state/snapshots/none', 'Refused (404).'],
  ['/reports/99', 'Make a report'],
  ['/reference/none', 'Finds Pets by status'],
  ['/nowhere/%zz', 'Refused only'],
])('an address that leads to nothing says so: %s', async (view, text) => {
  const page = await pages.open(view)
  await sees(page, text)
  expect(await axe(page)).toEqual([])
})

test('the pages asked no host but the mock, and had no error', () => {
  // One of them was of another mock.
  expect(pages.troubles.filter((trouble) => !/^asked http:\/\/127\.0\.0\.1:\d+\//.test(trouble))).toEqual([])
})
