import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { build } from 'esbuild'
import { type Browser, chromium } from 'playwright-core'
import { pathOf } from '../../src/openapi/package-files.ts'

const FLAGS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
]

/** Chromium, and a server of pages that import the package as it was built. */
export interface Pages {
  /** Runs the body of an async function in a new page; it gets all that the package exports for pages, and MSW's `setupWorker`. */
  run<T>(body: string, options?: PageOptions): Promise<T>
  close(): Promise<void>
}

export interface PageOptions {
  /** The Content-Security-Policy of the page. */
  readonly policy?: string
  /** HTML of the body. */
  readonly html?: string
}

const LIBRARIES = `
import * as browser from '/browser.mjs'
import * as msw from '/msw.mjs'
import { setupWorker } from '/msw-browser.mjs'
`

/** Starts both. A page fails the test if the browser reports an error or a breach of its policy. */
export async function startPages(): Promise<Pages> {
  const files = await readFiles()
  const apps = new Map<string, { readonly source: string; readonly options: PageOptions }>()
  const server = serve(files, apps)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS })
  return {
    run: (body, options = {}) => {
      const path = `/app-${apps.size}`
      apps.set(path, { source: appOf(body), options })
      return runPage(browser, origin + path)
    },
    close: async () => {
      await browser.close()
      server.close()
      server.closeAllConnections()
    },
  }
}

const appOf = (body: string) =>
  `${LIBRARIES}
globalThis.result = (async ({ createMock, handlers, setupWorker, fixedClock, ApiError }) => {
${body}
})({ ...browser, ...msw, setupWorker })`

async function runPage<T>(browser: Browser, url: string): Promise<T> {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    const troubles: string[] = []
    page.on('pageerror', (error) => troubles.push(String(error)))
    page.on('console', (message) => {
      // Chromium's own line for any refused request is no error of the page.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        troubles.push(message.text())
    })
    await page.goto(url)
    const value: T = await page.evaluate('globalThis.result')
    if (troubles.length > 0) throw new Error(troubles.join('\n'))
    return value
  } finally {
    await context.close()
  }
}

/** The files that a page loads, by path. MSW is bundled as its users' bundlers do it. */
async function readFiles(): Promise<ReadonlyMap<string, string>> {
  const read = (file: string) => readFileSync(pathOf(file), 'utf8')
  const { outputFiles } = await build({
    stdin: { contents: `export { setupWorker } from 'msw/browser'`, resolveDir: pathOf('.') },
    bundle: true,
    format: 'esm',
    write: false,
  })
  return new Map([
    ['/browser.mjs', read('dist/bundle/browser.mjs')],
    ['/msw.mjs', read('dist/bundle/msw.mjs')],
    ['/msw-browser.mjs', outputFiles[0]?.text ?? ''],
    ['/mockServiceWorker.js', read('node_modules/msw/lib/mockServiceWorker.js')],
  ])
}

function serve(
  files: ReadonlyMap<string, string>,
  apps: ReadonlyMap<string, { readonly source: string; readonly options: PageOptions }>,
): Server {
  return createServer((req, res) => {
    const path = (req.url ?? '').split('?')[0] ?? ''
    const page = apps.get(path)
    const script = files.get(path) ?? apps.get(path.replace(/\.js$/, ''))?.source
    if (page) {
      const { policy, html = '' } = page.options
      if (policy) res.setHeader('Content-Security-Policy', policy)
      res.setHeader('Content-Type', 'text/html; charset=utf-8')
      res.end(
        `<!doctype html><link rel="icon" href="data:,"><body>${html}<script type="module" src="${path}.js"></script>`,
      )
    } else if (script !== undefined) res.setHeader('Content-Type', 'text/javascript; charset=utf-8').end(script)
    else res.writeHead(404).end()
  })
}
