import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { becomes } from './becomes.test.support.ts'
import { hashOf, type MockPages, sees, startMockPages } from './mock-page.test.support.ts'

let pages: MockPages
beforeAll(async () => {
  pages = await startMockPages()
})
afterAll(() => pages.close())
beforeEach(() => pages.mock.session().reset())

const rows = (page: Page) => page.locator('tbody tr:not(.spacer)')
const store = () => pages.mock.store

test('a collection is a table with pictures, which is searched', async () => {
  const page = await pages.open('/state/pets')
  await rows(page).first().waitFor()
  await becomes(() => rows(page).first().locator('img').getAttribute('src'), expect.stringMatching(/^data:image\//))
  await page.getByPlaceholder('Text in pets').fill('coco')
  await sees(page, /^[1-9] of 10 pets$/)
  for (const text of await rows(page).allInnerTexts()) expect(text).toMatch(/coco/i)
})

test('a record is changed, and the table follows', async () => {
  const page = await pages.open('/state/pets/7')
  await page.getByLabel('name required').fill('Rex')
  await page.getByLabel('status', { exact: false }).last().selectOption('sold')
  await page.getByRole('button', { name: 'Save' }).click()
  await sees(page, 'Saved the pet.')
  expect(store().pets.get(7)).toMatchObject({ name: 'Rex', status: 'sold' })
  await rows(page).filter({ hasText: 'Rex' }).waitFor()
})

test('a refusal stands at its field with the focus, and nothing typed is lost', async () => {
  const page = await pages.open('/state/pets/7')
  const id = page.getByLabel('id', { exact: true }).first()
  await id.fill('seven')
  await page.getByLabel('name required').fill('Typed')
  await page.getByRole('button', { name: 'Save' }).click()
  const error = page.locator('.field-error')
  await error.waitFor()
  await becomes(() => error.innerText(), expect.stringContaining('not "seven"'))
  await becomes(() => id.getAttribute('aria-invalid'), 'true')
  await becomes(
    () => id.getAttribute('aria-describedby'),
    expect.stringContaining(String(await error.getAttribute('id'))),
  )
  await becomes(() => page.evaluate('document.activeElement.id'), await id.getAttribute('id'))
  expect([await id.inputValue(), await page.getByLabel('name required').inputValue()]).toEqual(['seven', 'Typed'])
  expect(store().pets.get(7)?.name).not.toBe('Typed')
})

test('a record is added under the next free key, and an incomplete one is refused at its fields', async () => {
  const page = await pages.open('/state/pets/new/record')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('alert').first().waitFor()
  await page.getByLabel('name required').fill('Newcomer')
  await page.getByRole('group', { name: 'photoUrls' }).getByRole('button', { name: 'Add to photoUrls' }).click()
  await page.getByLabel('photoUrls 1 required').fill('https://pictures.example/a.png')
  await page.getByRole('button', { name: 'Save' }).click()
  await sees(page, 'Saved the pet.')
  await becomes(() => hashOf(page), '#/state/pets/11')
  expect(store().pets.get(11)).toMatchObject({ name: 'Newcomer', photoUrls: ['https://pictures.example/a.png'] })
})

test('a form says that another has changed or deleted its record, and goes on with what is stored', async () => {
  const page = await pages.open('/state/pets/7')
  await page.getByLabel('name required').fill('Mine')
  await pages.ask('/pet/7', { method: 'POST', body: new URLSearchParams({ name: 'Theirs' }) })
  await sees(page, 'This record was changed meanwhile. Saving replaces what others wrote.')
  await becomes(() => page.getByLabel('name required').inputValue(), 'Mine')
  await page.getByRole('button', { name: 'Show what is stored' }).click()
  await becomes(() => page.getByLabel('name required').inputValue(), 'Theirs')
  await page.getByLabel('name required').fill('Mine again')
  await page.keyboard.press('Enter')
  await sees(page, 'Saved the pet.')
  await rows(page).filter({ hasText: 'Mine again' }).waitFor()
  expect(await page.getByText('meanwhile').count()).toBe(0)
  await pages.ask('/pet/7', { method: 'DELETE' })
  await sees(page, 'This record was deleted meanwhile. Saving adds it again.')
  await page.getByRole('button', { name: 'Save' }).click()
  await rows(page).filter({ hasText: 'Mine again' }).waitFor()
  await page.getByText('meanwhile').waitFor({ state: 'detached' })
})

test('what two pages do to the same records is shown by both', async () => {
  const page = await pages.open('/state/pets/7')
  const other = await page.context().newPage()
  await other.goto(`${pages.origin}/#/state/pets/7`)
  await other.getByRole('button', { name: 'Delete' }).click()
  await other.getByRole('button', { name: 'Delete pet 7?' }).click()
  await sees(page, 'This record was deleted meanwhile.')
  await sees(page, '9 of 9 pets')
  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Delete pet 7?' }).click()
  await page.getByText('Refused (404).').waitFor()
})

test('an id that JavaScript would round is refused at its field', async () => {
  const page = await pages.open('/state/pets/new/record')
  await page.getByLabel('id', { exact: true }).first().fill('9007199254740993')
  await page.getByLabel('name required').fill('a')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.locator('.field-error', { hasText: '9007199254740993' }).first().waitFor()
  expect(store().pets.size).toBe(10)
})

test('records of a megabyte, of HTML and from right to left are shown as text', async () => {
  const html = '<script>alert(1)</script><img src=x onerror=alert(2)>'
  await pages.mock.session().putState({
    pets: [
      { id: 1, name: html, photoUrls: [html, `data:image/svg+xml,<svg onload="alert(3)"/>`] },
      { id: 2, name: '\u202e\u05e9\u05dc\u05d5\u05dd', photoUrls: [] },
      { id: 3, name: 'x'.repeat(1024 * 1024), photoUrls: [] },
    ],
  })
  const page = await pages.open('/state/pets')
  await page.getByText(html).waitFor()
  await rows(page).nth(2).waitFor()
  expect((await page.locator('main').innerText()).length).toBeLessThan(5_000)
  for (const id of [1, 2, 3]) {
    await page.evaluate(`location.hash = '#/state/pets/${id}'`)
    await page
      .getByRole('article', { name: `pet ${id}` })
      .getByLabel('name required')
      .waitFor()
  }
  expect((await page.getByLabel('name required').inputValue()).length).toBe(1024 * 1024)
  expect(await page.locator('main script, main [onerror], main [onload]').count()).toBe(0)
})

test('a record is deleted at the second press', async () => {
  const page = await pages.open('/state/pets/3')
  await page.getByRole('button', { name: 'Delete' }).click()
  expect(store().pets.has(3)).toBe(true)
  await page.getByRole('button', { name: 'Delete pet 3?' }).click()
  await sees(page, 'Deleted.')
  expect(store().pets.has(3)).toBe(false)
})

test('a domain is validated', async () => {
  await pages.ask('/domain', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{"name":"ada.example"}',
  })
  const id = [...store().domains.keys()].at(-1)
  const page = await pages.open(`/state/domains/${id}`)
  await page.getByRole('button', { name: 'Validate' }).click()
  await sees(page, 'The domain is validated.')
  expect(store().domains.get(String(id))).toMatchObject({ status: 'validated', active: true })
})

test('a snapshot is taken, compared in words, restored and forgotten', async () => {
  const page = await pages.open('/state/snapshots')
  await page.getByText('No snapshot yet.').waitFor()
  await page.getByLabel('Name of the snapshot').fill('start')
  await page.getByLabel('Name of the snapshot').press('Enter')
  await page.getByRole('link', { name: 'Compare start' }).click()
  await page.getByText('Nothing has changed.').waitFor()
  await pages.ask('/pet/1', { method: 'DELETE' })
  await pages.ask('/pet/2', { method: 'POST', body: new URLSearchParams({ name: 'Renamed' }) })
  await page.locator('.changed li').waitFor()
  await becomes(
    () => page.locator('.diff').innerText(),
    expect.stringMatching(/1 removed pet 1[\s\S]*pet 2 changed[\s\S]*\/name: ".*" → "Renamed"/),
  )
  await page.getByRole('button', { name: 'Restore' }).click()
  await page.getByRole('button', { name: 'Restore start?' }).click()
  await page.getByText('Nothing has changed.').waitFor()
  expect(store().pets.has(1)).toBe(true)
  await page.getByRole('button', { name: 'Forget' }).click()
  await page.getByRole('button', { name: 'Forget start?' }).click()
  await page.getByText('No snapshot yet.').waitFor()
})

test('a pack replaces the data', async () => {
  const page = await pages.open('/state/pets')
  await page.getByLabel('Pack of seed data').selectOption('empty')
  await page.getByRole('button', { name: 'Reset to pack' }).click()
  await page.getByRole('button', { name: 'Replace all data?' }).click()
  await page.getByText('No pets.').waitFor()
})

test('a state is saved as a file and loaded again; a wrong one changes nothing', async () => {
  const page = await pages.open('/state/pets')
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download state' }).click()
  const path = await (await downloading).path()
  const before = JSON.parse(readFileSync(path, 'utf8'))
  expect(before.pets).toHaveLength(10)
  await pages.ask('/pet/1', { method: 'DELETE' })
  const upload = page.getByLabel('Load state file')
  await upload.setInputFiles(path)
  await sees(page, /^The state of .* is loaded\.$/)
  expect(store().pets.has(1)).toBe(true)
  const wrong = JSON.stringify({ pets: [{ id: 'x' }] })
  await upload.setInputFiles({ name: 'wrong.json', mimeType: 'application/json', buffer: Buffer.from(wrong) })
  await becomes(() => page.getByRole('alert').innerText(), expect.stringContaining('/body/pets/0'))
  await upload.setInputFiles({ name: 'torn.json', mimeType: 'application/json', buffer: Buffer.from('{"pets":') })
  await sees(page, 'torn.json is not JSON. The state is as it was.')
  expect(store().pets.size).toBe(10)
})

test('a state file is dropped', async () => {
  const page = await pages.open('/state/pets')
  await page.getByText('10 of 10 pets').waitFor()
  const state = JSON.stringify({ pets: [{ id: 5, name: 'Dropped', photoUrls: [] }] })
  await page.evaluate(`(() => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([${JSON.stringify(state)}], 'dropped.json', { type: 'application/json' }))
    document.querySelector('.drop').dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }))
  })()`)
  await sees(page, 'The state of dropped.json is loaded.')
  await page.getByText('1 of 1 pets').waitFor()
})

test('a file that is dropped beside its place, and a folder, change nothing', async () => {
  const page = await pages.open('/state/pets/7')
  await page.getByLabel('name required').fill('Typed')
  const prevented = await page.evaluate<boolean[]>(`['dragover', 'drop'].map((type) => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(['{}'], 'stray.json', { type: 'application/json' }))
    return !document.querySelector('h1').dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
  })`)
  expect(prevented).toEqual([true, true])
  await page.evaluate(`(() => {
    const dataTransfer = new DataTransfer()
    const folder = new File([], 'folder')
    folder.text = () => Promise.reject(new DOMException('A folder cannot be read.', 'NotFoundError'))
    Object.defineProperty(dataTransfer, 'files', { value: [folder] })
    document.querySelector('.drop').dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
  })()`)
  await sees(page, 'folder is not JSON. The state is as it was.')
  await becomes(() => page.getByLabel('name required').inputValue(), 'Typed')
})

test('by keyboard alone a record is opened, changed and saved', async () => {
  const page = await pages.open('/state/pets')
  await rows(page).first().waitFor()
  await page.getByRole('region', { name: 'Records of pets' }).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByLabel('name required').focus()
  await page.keyboard.press('Control+A')
  await page.keyboard.type('Keys')
  await page.keyboard.press('Enter')
  await sees(page, 'Saved the pet.')
  expect(store().pets.get(2)).toMatchObject({ name: 'Keys' })
})

test('100,000 pets scroll and are searched: only those in view are asked for and drawn', async () => {
  const pets = Array.from({ length: 100_000 }, (_one, at) => ({ id: at + 1, name: `pet ${at + 1}`, photoUrls: [] }))
  await pages.mock.session().putState({ pets })
  const page = await pages.open('/requests')
  let longest = 0
  page.on('response', async (response) => {
    if (response.url().includes('/__admin/'))
      longest = Math.max(longest, Number(response.headers()['content-length']) || 0)
  })
  await page.evaluate("location.hash = '#/state/pets'")
  await page.getByText('100000 of 100000 pets').waitFor({ timeout: 60_000 })
  const frames = await page.evaluate<number>(`(async () => {
    const box = document.querySelector('.window')
    let longest = 0
    for (let at = 0; at <= 20; at++) {
      const started = performance.now()
      box.scrollTop = (box.scrollHeight * at) / 20
      await new Promise(requestAnimationFrame)
      longest = Math.max(longest, performance.now() - started)
    }
    return longest
  })()`)
  // A table that draws all rows takes minutes.
  expect(frames).toBeLessThan(2_000)
  await page.getByText('pet 100000', { exact: true }).waitFor()
  expect(await rows(page).count()).toBeLessThan(100)
  await page.getByPlaceholder('Text in pets').fill('pet 9999')
  await page.getByText('11 of 100000 pets').waitFor()
  await becomes(() => rows(page).first().innerText(), expect.stringContaining('9999'))
  // All of them have 6 MB, and as many bytes again in the page.
  expect(longest).toBeLessThan(200_000)
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  expect((await session.send('Runtime.getHeapUsage')).usedSize).toBeLessThan(10_000_000)
})

test('the pages asked the mock alone, and had no error', () => {
  expect(pages.troubles).toEqual([])
  expect([...pages.asked]).toEqual([pages.origin])
})
