import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Browser, chromium, type Page } from 'playwright-core'
import { SAMPLE } from '../src/contract/reports/report.test.support.ts'
import { createMock, type Mock } from '../src/index.ts'
import { pathOf } from '../src/openapi/package-files.ts'
import { withPalette } from './palette-png.ts'

/** A picture of the page. */
interface Shot {
  readonly name: string
  readonly view: string
  /** Without it the height is that of all that the view has. */
  readonly height?: number
  /** Makes the page ready. */
  readonly before?: (page: Page) => Promise<unknown>
}

type Scheme = 'light' | 'dark'

/** Those of README and `docs/page.md`. */
const FOR_DOCS: readonly (Shot & { readonly scheme: Scheme; readonly height: number })[] = [
  { name: 'page-requests', view: '/requests/7', height: 695, scheme: 'light' },
  { name: 'page-coverage', view: '/coverage', height: 465, scheme: 'dark' },
]
const DOCS_WIDTH = 980

/** Each view, and what lies above them, to be looked at. */
const ALL: readonly Shot[] = [
  { name: 'requests', view: '/requests' },
  { name: 'request', view: '/requests/7' },
  { name: 'request-as-test', view: '/requests/7', height: 800, before: (page) => press(page, 'Make this a test') },
  { name: 'pets', view: '/state/pets' },
  { name: 'pet', view: '/state/pets/7' },
  { name: 'pet-refused', view: '/state/pets/7', before: refuse },
  { name: 'snapshots', view: '/state/snapshots/start' },
  { name: 'faults', view: '/faults' },
  { name: 'sessions', view: '/sessions' },
  { name: 'clock', view: '/clock' },
  { name: 'coverage', view: '/coverage' },
  { name: 'upstream', view: '/upstream' },
  { name: 'reports', view: '/reports', before: openReport },
  { name: 'reference', view: '/reference' },
  { name: 'operation', view: '/reference/findPetsByStatus', before: (page) => press(page, 'Send') },
  { name: 'nothing', view: '/requests/4711' },
]
const WIDTHS = [360, 1280]
const SCHEMES: readonly Scheme[] = ['light', 'dark']

/**
 * Writes the pictures of the documentation anew. With `--all FOLDER` it writes each view in both themes and at two widths there instead,
 * to be looked at. The page must be built: `npm run build`.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { all: { type: 'string' } } })
  const live = createMock({ pets: 20 })
  const running = await live.listen({ port: 0 })
  const mock = createMock(values.all === undefined ? {} : { upstream: { url: running.url } })
  const server = await mock.listen({ port: 0 })
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  })
  try {
    await use(mock, live, server.url)
    const origin = new URL(server.url).origin
    await (values.all === undefined ? forDocs(browser, origin) : all(browser, origin, values.all))
  } finally {
    await browser.close()
    await Promise.all([server.close(), running.close()])
  }
}

async function forDocs(browser: Browser, origin: string): Promise<void> {
  for (const { scheme, height, ...shot } of FOR_DOCS) {
    const page = await open(browser, origin, shot, { scheme, width: DOCS_WIDTH, height })
    writeFileSync(pathOf(`docs/images/${shot.name}.png`), withPalette(await page.screenshot()))
    await page.context().close()
  }
}

async function all(browser: Browser, origin: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  for (const shot of ALL)
    for (const width of WIDTHS)
      for (const scheme of SCHEMES) {
        const page = await open(browser, origin, shot, { scheme, width, height: 800 })
        const path = join(folder, `${shot.name}-${width}-${scheme}.png`)
        await page.screenshot({ path, fullPage: shot.height === undefined })
        await page.context().close()
      }
}

interface Size {
  readonly scheme: Scheme
  readonly width: number
  readonly height: number
}

async function open(browser: Browser, origin: string, shot: Shot, { scheme, width, height }: Size): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  await page.goto(`${origin}/#${shot.view}`)
  await page.locator('.connection.live').waitFor()
  await page.waitForLoadState('networkidle', { timeout: 1_000 }).catch(() => undefined)
  await shot.before?.(page)
  return page
}

const press = (page: Page, name: string) => page.getByRole('button', { name }).first().click()

async function refuse(page: Page): Promise<void> {
  await page.getByLabel('id', { exact: true }).first().fill('seven')
  await press(page, 'Save')
  await page.locator('.field-error').waitFor()
}

async function openReport(page: Page): Promise<void> {
  const file = { name: 'report.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(SAMPLE)) }
  await page.getByLabel('Open a report').setInputFiles(file)
  await page.getByRole('region', { name: 'Report report.json' }).waitFor()
}

/** Some requests, faults, snapshots and sessions. */
async function use(mock: Mock, live: Mock, url: string): Promise<void> {
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(url + path, { ...init, headers: { api_key: 'special-key', ...init.headers } })
  const json = { 'Content-Type': 'application/json' }
  for (const path of ['/pet/1', '/pet/2', '/pet/3', '/pet/4711', '/pet/x']) await ask(path)
  await ask('/pet/findByStatus?status=availible')
  const pet = '{"id":"x","name":7,"photoUrls":["a"],"status":"gone","tags":[{"id":1,"name":"tag1"}]}'
  await ask('/domain', { method: 'PUT', headers: json, body: pet })
  await ask('/user', { method: 'POST', headers: json, body: '{"username":"ada"}' })
  mock.snapshots.take('start')
  await ask('/pet/1', { headers: { api_key: 'wrong' } })
  await ask('/pet/3', { method: 'DELETE' })
  await ask('/pet/5', { method: 'POST', body: new URLSearchParams({ name: 'Rex' }) })
  mock.faults.add({ match: { operationId: 'getInventory' }, steps: [{ kind: 'status', status: 503 }] })
  mock.faults.add({ match: { path: '/v2/pet/9' }, steps: [{ kind: 'delay', ms: 200 }, { kind: 'truncated' }] })
  await ask('/store/inventory')
  live.faults.add({ steps: [{ kind: 'break-schema', way: 'wrong-type' }] })
  for (let asked = 0; asked < 2; asked++) await ask(`/pet/${6 + asked}`)
  await ask('/store/order/2', { headers: { 'X-Mock-Session': 'checkout' } })
}

await main()
