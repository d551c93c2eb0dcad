import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { createMock } from '../../src/index.ts'
import { becomes } from './becomes.test.support.ts'
import { axe, fitsWidth, type MockPages, sees, startMockPages } from './mock-page.test.support.ts'

let pages: MockPages
beforeAll(async () => {
  pages = await startMockPages()
  await pages.ask('/pet/1')
  await pages.ask('/pet/findByStatus?status=availible')
  const body = '{"id":"x","name":7,"photoUrls":["a"]}'
  await pages.ask('/domain', { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body })
  pages.mock.faults.add({ match: { operationId: 'getInventory' }, steps: [{ kind: 'status', status: 503 }] })
  pages.mock.snapshots.take('start')
  await pages.ask('/pet/3', { method: 'DELETE' })
  await pages.ask('/pet/4', { method: 'POST', body: new URLSearchParams({ name: 'Renamed' }) })
})
afterAll(() => pages.close())

/** Each view, with a text that tells that it is drawn. */
const VIEWS: readonly (readonly [view: string, text: string | RegExp])[] = [
  ['/requests', 'Refused only'],
  ['/requests/3', 'Answered 400 Bad Request'],
  ['/state/pets', /^9 of 9 pets$/],
  ['/state/pets/7', 'Save'],
  ['/state/snapshots/start', 'pet 4'],
  ['/faults', 'no hit yet'],
  ['/sessions', /sessions, the one used last/],
  ['/clock', 'Time to set'],
  ['/coverage', 'updatePetWithForm'],
  ['/upstream', 'There is no live server behind this mock.'],
  ['/reports', 'Make a report'],
  ['/reference', 'Finds Pets by status'],
  ['/reference/uploadFile', 'Try it'],
]

describe('each view', () => {
  let page: Page
  beforeAll(async () => {
    page = await pages.open('/requests')
  })

  test.each(VIEWS)(
    '%s has no finding of axe-core, in light and in dark, and fits into 360 pixels',
    async (view, text) => {
      await page.setViewportSize({ width: 1280, height: 800 })
      await page.emulateMedia({ colorScheme: 'light' })
      await page.evaluate(`location.hash = '#${view}'`)
      await sees(page, text)
      expect(await axe(page)).toEqual([])
      await page.emulateMedia({ colorScheme: 'dark' })
      expect(await axe(page)).toEqual([])
      await page.setViewportSize({ width: 360, height: 780 })
      expect(await fitsWidth(page)).toBe(true)
      expect(await axe(page)).toEqual([])
    },
  )
})

test('the current view and collection are in sight at 360 pixels', async () => {
  const page = await pages.open('/state/snapshots', { width: 360 })
  for (const name of ['Views', 'Collections']) {
    const link = page.getByRole('navigation', { name }).locator('[aria-current]')
    const { x = -1, width = 0 } = (await link.boundingBox()) ?? {}
    expect([x >= 0, x + width <= 360]).toEqual([true, true])
  }
})

test('a refused form, a dialog and the login have no finding of axe-core either', async () => {
  const page = await pages.open('/clock')
  await page.getByRole('textbox', { name: 'Time to set' }).fill('tomorrow')
  await page.getByRole('textbox', { name: 'Time to set' }).press('Enter')
  await page.locator('.field-error').waitFor()
  expect(await axe(page)).toEqual([])
  await page.evaluate("location.hash = '#/requests/1'")
  await page.getByRole('button', { name: 'Make this a test' }).click()
  await page.getByRole('dialog').waitFor()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await axe(page)).toEqual([])
  }
  await page.setViewportSize({ width: 360, height: 780 })
  expect(await fitsWidth(page)).toBe(true)
  expect(await axe(page)).toEqual([])
})

test('the theme can be chosen, and is kept', async () => {
  const page = await pages.open('/requests', { scheme: 'light' })
  const background = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
  const light = await background()
  await page.getByLabel('Theme').selectOption('dark')
  const dark = await background()
  expect(dark).not.toBe(light)
  await page.reload()
  await page.getByRole('heading', { level: 1 }).waitFor()
  await becomes(() => background(), dark)
})

test('a change of view is told by the focus and the title, and the first key leads to the content', async () => {
  const page = await pages.open('/requests')
  // The focus is there as soon as the heading is: a key that is pressed at the sight of the view must not act on the view before.
  await page.evaluate(`new MutationObserver(() => { globalThis.focused ??= document.activeElement.tagName })
    .observe(document.querySelector('h1'), { characterData: true, childList: true, subtree: true })`)
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'state' }).click()
  await page.getByRole('heading', { level: 1, name: 'State' }).waitFor()
  await becomes(() => page.evaluate('globalThis.focused'), 'H1')
  await becomes(() => page.evaluate('document.activeElement.textContent'), 'State')
  await becomes(() => page.title(), 'State · inboxes-mock')
  await page.reload()
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await becomes(() => page.evaluate('document.activeElement.tagName'), 'H1')
})

test('the page says when it lost the mock, and goes on when it is back', async () => {
  const first = await createMock().listen({ port: 0 })
  const page = await pages.open('/requests')
  await page.goto(`${new URL(first.url).origin}/`)
  const state = page.locator('.connection')
  await page.getByText('Live').waitFor()
  await first.close()
  await page.getByText('Mock lost').waitFor()
  expect([await state.getAttribute('role'), await state.getAttribute('aria-live')]).toEqual(['status', 'polite'])
  const second = await createMock().listen({ port: first.port })
  try {
    await page.getByText('Live').waitFor()
    await fetch(`${second.url}/pet/2`, { headers: { api_key: 'special-key' } })
    await page.getByText('/v2/pet/2').waitFor()
  } finally {
    await page.context().close()
    await second.close()
  }
})

describe('with a token', () => {
  let locked: MockPages
  beforeAll(async () => {
    locked = await startMockPages({ adminToken: 'right-token' })
  })
  afterAll(() => locked.close())

  test('the page asks for it, says that one is wrong, and works with the right one', async () => {
    const page = await locked.open('/state/pets')
    const token = page.getByLabel('Token')
    await token.waitFor()
    expect(await axe(page)).toEqual([])
    for (const wrong of ['wrong-token', 'שלום 🐾', 'right-token x']) {
      await token.fill(wrong)
      await page.keyboard.press('Enter')
      await page.getByText('The mock did not accept this token.').waitFor()
      await token.fill('')
    }
    await token.fill('wrong-token')
    await page.keyboard.press('Enter')
    await page.getByText('The mock did not accept this token.').waitFor()
    expect(await page.getByRole('table').count()).toBe(0)
    await becomes(() => token.inputValue(), 'wrong-token')
    await token.fill('right-token')
    await page.keyboard.press('Enter')
    await page.getByText('10 of 10 pets').waitFor()
    await page.reload()
    await page.getByText('10 of 10 pets').waitFor()
  })

  test('the reference is open without it', async () => {
    const page = await locked.open('/reference/getPetById')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByRole('region', { name: 'Answer' }).getByText('"Coco"').waitFor()
  })

  test('the token is in no address', () => {
    expect(locked.troubles).toEqual([])
  })
})

test('the pages asked no host but the mock', () => {
  const others = pages.troubles.filter((trouble) => !/^asked http:\/\/127\.0\.0\.1:/.test(trouble))
  expect(others).toEqual([])
})
