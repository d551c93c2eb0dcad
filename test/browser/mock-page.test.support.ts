import { readFileSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'
import { createMock, type MockOptions } from '../../src/index.ts'
import { createNodeCore } from '../../src/mock/files/node-core.ts'
import { createExpressApp } from '../../src/mock/http/express-app.ts'
import { listen } from '../../src/mock/http/server.ts'
import { type InProcessMock, inProcess } from '../../src/mock/in-process.ts'
import type { Runner } from '../../src/mock/runs/runner.ts'
import { createRuns } from '../../src/mock/runs/runs.ts'
import { pathOf } from '../../src/openapi/package-files.ts'

const FLAGS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
]

const AXE = readFileSync(pathOf('node_modules/axe-core/axe.min.js'), 'utf8')

/** How a page is opened. */
export interface OpenOptions {
  readonly scheme?: 'light' | 'dark'
  readonly width?: number
  /** Called before the page loads anything. */
  readonly before?: (page: Page) => Promise<unknown>
}

/** A mock that serves its page, and a browser. */
export interface MockPages {
  readonly mock: InProcessMock
  readonly origin: string
  /** Opens a view, such as `/requests/1`, in a new context, and closes the page before: the mock has 16 listeners at most. */
  open(view: string, options?: OpenOptions): Promise<Page>
  /** Sends a request to the API. */
  ask(path: string, init?: RequestInit): Promise<Response>
  /** The troubles that any page had: errors, breaches of the policy, and requests to other origins than the mock. */
  readonly troubles: readonly string[]
  /** Every address that a page asked. */
  readonly asked: ReadonlySet<string>
  close(): Promise<void>
}

/** Starts both. The page must be built: `npm run build`. */
export async function startMockPages(options: MockOptions = {}, runner?: Runner): Promise<MockPages> {
  const { mock, server } = await (runner ? startWith(options, runner) : start(options))
  const { origin } = new URL(server.url)
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS })
  const troubles: string[] = []
  const asked = new Set<string>()
  return {
    mock,
    origin,
    troubles,
    asked,
    open: async (view, how = {}) => {
      await Promise.all(browser.contexts().map((context) => context.close()))
      return openPage(browser, `${origin}/#${view}`, how, { troubles, asked })
    },
    ask: (path, init = {}) =>
      fetch(`${origin}/v2${path}`, { ...init, headers: { api_key: 'special-key', ...init.headers } }),
    close: async () => {
      await browser.close()
      await server.close()
    },
  }
}

/** A mock as code makes it. */
async function start(options: MockOptions) {
  const mock = createMock(options)
  return { mock, server: await mock.listen({ port: 0 }) }
}

/** A mock that runs reports, as the command makes it. */
async function startWith(options: MockOptions, runner: Runner) {
  const core = createNodeCore(options, { runs: createRuns(runner, Date.now) })
  const where = { host: '127.0.0.1', port: 0, basePath: core.basePath }
  return { mock: inProcess(core), server: await listen(createExpressApp(core), where) }
}

interface Notes {
  readonly troubles: string[]
  readonly asked: Set<string>
}

async function openPage(browser: Browser, url: string, options: OpenOptions, notes: Notes) {
  const { scheme = 'light', width = 1280, before } = options
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    colorScheme: scheme,
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const page = await context.newPage()
  // A failure tells the element that it waited for; jest's own limit would not.
  page.setDefaultTimeout(20_000)
  page.on('pageerror', (error) => notes.troubles.push(String(error)))
  page.on('dialog', (dialog) => void notes.troubles.push(`dialog: ${dialog.message()}`))
  page.on('console', (message) => {
    // Chromium's own line for any refused request is no error of the page.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      notes.troubles.push(message.text())
  })
  page.on('request', (request) => {
    const asked = new URL(request.url())
    if (asked.protocol.startsWith('http')) notes.asked.add(asked.origin)
    if (/^https?:$/.test(asked.protocol) && asked.origin !== new URL(url).origin)
      notes.troubles.push(`asked ${request.url()}`)
  })
  await before?.(page)
  await page.goto(url)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return page
}

/** A breach of the rules of accessibility, with the elements that have it. */
interface AxeFinding {
  readonly id: string
  readonly nodes: readonly string[]
}

/** The breaches that axe-core finds in a page. */
export async function axe(page: Page): Promise<readonly AxeFinding[]> {
  // The page's policy refuses scripts of others; the debugger's do not count.
  await page.evaluate(AXE)
  return page.evaluate(`axe.run().then(({ violations }) =>
    violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ target, failureSummary }) => target.join(' ') + ': ' + failureSummary) })))`)
}

/** Whether nothing of the page runs out of its window at the side. */
export const fitsWidth = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')

/** The part of the address that names the view. */
export const hashOf = (page: Page): Promise<string> => page.evaluate('location.hash')

/** Waits until a text is in the page. */
export const sees = (page: Page, text: string | RegExp): Promise<void> =>
  page.getByText(text).first().waitFor({ timeout: 20_000 })
