import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, expect, test } from '@jest/globals'
import { createMockCore, type MockCore } from '../create-mock.ts'
import { nodePlatform } from '../files/node-platform.ts'
import { uiFiles } from '../files/ui-files.ts'
import { createExpressApp } from '../http/express-app.ts'
import { listen } from '../http/server.ts'
import type { MockOptions } from '../options.ts'
import { createUi } from './ui.ts'

const folder = mkdtempSync(join(tmpdir(), 'inboxes-mock-ui-'))
const SCRIPT = '/__admin/ui/assets/index-abc123.js'
const CODE = `document.title = 'é'\n`.repeat(50)
const PAGE = `<!doctype html><title>the page</title><script type="module" src="${SCRIPT}"></script>`
const CONTENTS = [
  { path: '/', file: 'index.html.gz', type: 'text/html; charset=utf-8', etag: '"page"', text: PAGE },
  {
    path: SCRIPT,
    file: 'assets/index-abc123.js.gz',
    type: 'text/javascript; charset=utf-8',
    etag: '"code"',
    text: CODE,
  },
]
mkdirSync(join(folder, 'assets'))
writeFileSync(join(folder, 'secret.txt.gz'), gzipSync('not in the list'))
for (const { file, text } of CONTENTS) writeFileSync(join(folder, file), gzipSync(text))
const list = CONTENTS.map(({ text, ...file }) => ({ ...file, bytes: Buffer.byteLength(text) }))
writeFileSync(join(folder, 'files.json'), JSON.stringify(list))

const closing: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const close of closing) await close()
  rmSync(folder, { recursive: true, force: true })
})

function mockWith(options: MockOptions = {}, from = folder): MockCore {
  return createMockCore(options, { ...nodePlatform, ui: (gate) => createUi(uiFiles(from), gate) })
}

async function serve(core: MockCore): Promise<number> {
  const { port, close } = await listen(createExpressApp(core), { host: '127.0.0.1', port: 0 })
  closing.push(close)
  return port
}

const port = await serve(mockWith())
const BROWSER = { Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly bytes: Buffer
}

/** Sends a path as it is written: `fetch` would tidy it. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET', at = port): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ port: at, host: '127.0.0.1', path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes: Buffer.concat(chunks) }),
      )
    })
    sent.on('error', reject).end()
  })
}

test('the root is the page for browsers, and the index for all others', async () => {
  const { status, headers, bytes } = await ask('/', { ...BROWSER, 'Accept-Encoding': 'gzip, br' })
  expect(status).toBe(200)
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-encoding': 'gzip',
    'cache-control': 'no-cache',
    vary: 'Accept, Accept-Encoding',
    'x-content-type-options': 'nosniff',
    'content-security-policy':
      "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  })
  expect(headers['access-control-allow-origin']).toBeUndefined()
  expect(gunzipSync(bytes).toString()).toBe(PAGE)
  expect((await ask('/?a=b', BROWSER)).bytes.toString()).toBe(PAGE)
  expect((await ask('/s/mine/', BROWSER)).bytes.toString()).toBe(PAGE)
  for (const accept of ['*/*', 'application/json'])
    expect(JSON.parse((await ask('/', { Accept: accept })).bytes.toString())).toMatchObject({ name: 'inboxes-mock' })
})

test.each([
  ['gzip', true],
  ['br, gzip;q=0.5', true],
  ['*', true],
  ['GZIP', true],
  ['br', false],
  ['gzip;q=0', false],
  ['identity, gzip;q=0.000', false],
  [undefined, false],
])(
  'a file is sent as it is stored to a client that takes gzip, and unpacked to others: %s',
  async (coding, isPacked) => {
    const { status, headers, bytes } = await ask(SCRIPT, coding === undefined ? {} : { 'Accept-Encoding': coding })
    expect(status).toBe(200)
    expect(headers['content-encoding']).toBe(isPacked ? 'gzip' : undefined)
    expect((isPacked ? gunzipSync(bytes) : bytes).toString()).toBe(CODE)
    expect(headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'content-length': String(bytes.length),
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      vary: 'Accept-Encoding',
      etag: isPacked ? '"code"' : 'W/"code"',
    })
  },
)

test.each(['"code"', 'W/"code"', '"other", "code"', '*'])('a file that a browser has is a 304: %s', async (tag) => {
  const { status, headers, bytes } = await ask(SCRIPT, { 'If-None-Match': tag, 'Accept-Encoding': 'gzip' })
  expect([status, bytes.length, headers['content-length'], headers.etag]).toEqual([304, 0, undefined, '"code"'])
  expect(headers['cache-control']).toContain('immutable')
})

test('another tag is no 304', async () => {
  expect((await ask(SCRIPT, { 'If-None-Match': '"cod"' })).status).toBe(200)
})

test.each([
  ['/', BROWSER],
  [SCRIPT, {}],
])('HEAD %s has the headers of GET and no body', async (path, headers) => {
  const [{ headers: ofGet }, head] = [await ask(path, headers), await ask(path, headers, 'HEAD')]
  const { date: _get, ...expected } = ofGet
  const { date: _head, ...received } = head.headers
  expect(received).toEqual(expected)
  expect([head.status, head.bytes.length]).toEqual([200, 0])
})

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('a file does not take %s', async (method) => {
  const { status, headers } = await ask(SCRIPT, {}, method)
  expect([status, headers.allow]).toEqual([405, 'GET, HEAD'])
})

test.each([
  '/__admin/ui/',
  '/__admin/ui/index.html',
  '/__admin/ui/assets/index-abc124.js',
  '/__admin/ui/assets/index-abc123.js.gz',
  '/__admin/ui/files.json',
  '/__admin/ui/secret.txt',
  '/__admin/ui/../secret.txt',
  '/__admin/ui/assets/../../../../../../etc/passwd',
  '/__admin/ui/%2e%2e/%2e%2e/package.json',
  '/__admin/ui/..%2fpackage.json',
  '/__admin/ui/..\\package.json',
  '/__admin/ui//etc/passwd',
  '/__admin/ui/__proto__',
  '/__admin/ui/constructor',
  '/__admin/ui/assets%2Findex-abc123.js',
])('a name that is not in the list is a 404: %s', async (path) => {
  const { status, headers, bytes } = await ask(path)
  expect([status, headers['content-type'], headers['cache-control']]).toEqual([
    404,
    'application/problem+json',
    'no-store',
  ])
  expect(JSON.parse(bytes.toString()).detail).toContain('load the page again')
})

test.each([
  ['a page of another origin', { Origin: 'http://evil.example' }],
  ['another site without CORS', { 'Sec-Fetch-Site': 'cross-site' }],
  ['a name that was rebound', { Host: 'evil.example' }],
])('%s gets no file of the page, and the plain list in its place', async (_what, headers) => {
  expect((await ask(SCRIPT, headers)).status).toBe(403)
  const root = await ask('/', { ...BROWSER, ...headers })
  expect(root.status).toBe(200)
  expect(root.bytes.toString()).toContain('<h2>Operations</h2>')
})

test('a link of another site leads to the page', async () => {
  const headers = { ...BROWSER, 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' }
  expect((await ask('/', headers)).bytes.toString()).toBe(PAGE)
})

test('with a token the page is loaded without it, from any host, and the rest is not', async () => {
  const at = await serve(mockWith({ adminToken: 'secret-token' }))
  const headers = { Host: 'mock.test:4010' }
  expect((await ask('/', { ...headers, ...BROWSER }, 'GET', at)).bytes.toString()).toBe(PAGE)
  expect((await ask(SCRIPT, headers, 'GET', at)).status).toBe(200)
  expect((await ask(SCRIPT, { ...headers, Origin: 'http://evil.example' }, 'GET', at)).status).toBe(403)
  for (const path of ['/__admin/requests', '/__admin/events', '/__admin/openapi.yaml'])
    expect((await ask(path, headers, 'GET', at)).status).toBe(401)
})

test('the page may change the mock that it came from: its own origin is none of another site', async () => {
  const headers = { Origin: `http://127.0.0.1:${port}`, 'Sec-Fetch-Site': 'same-origin', Host: `127.0.0.1:${port}` }
  expect((await ask('/__admin/reset', headers, 'POST')).status).toBe(200)
  for (const Origin of [
    `http://127.0.0.1:${port + 1}`,
    `https://127.0.0.1:${port}`,
    `http://localhost:${port}`,
    'null',
  ])
    expect((await ask('/__admin/reset', { ...headers, Origin }, 'POST')).status).toBe(403)
  const rebound = { Origin: 'http://evil.example', Host: 'evil.example', 'Sec-Fetch-Site': 'same-origin' }
  expect((await ask('/__admin/reset', rebound, 'POST')).status).toBe(403)
})

test('with ui: false there is no page and no file', async () => {
  const at = await serve(mockWith({ ui: false }))
  expect((await ask('/', BROWSER, 'GET', at)).bytes.toString()).toContain('<h2>Operations</h2>')
  expect((await ask(SCRIPT, {}, 'GET', at)).status).toBe(404)
})

test('a page that was not built is the plain list, which says how to get it', async () => {
  const at = await serve(mockWith({}, join(folder, 'absent')))
  expect((await ask('/', BROWSER, 'GET', at)).bytes.toString()).toContain('<code>npm run build</code>')
  const { status, bytes } = await ask(SCRIPT, {}, 'GET', at)
  expect([status, JSON.parse(bytes.toString()).detail]).toEqual([404, expect.stringContaining('npm run build')])
  const without = await serve(mockWith({ ui: false }, join(folder, 'absent')))
  expect((await ask('/', BROWSER, 'GET', without)).bytes.toString()).not.toContain('npm run build')
})

test('files that a build has removed meanwhile are a 404, and the list in place of the page', async () => {
  const gone = mkdtempSync(join(folder, 'gone-'))
  writeFileSync(join(gone, 'files.json'), JSON.stringify(list))
  const core = mockWith({}, gone)
  const at = await serve(core)
  expect((await ask(SCRIPT, {}, 'GET', at)).status).toBe(404)
  expect((await ask('/', BROWSER, 'GET', at)).bytes.toString()).toContain('<h2>Operations</h2>')
  expect(core.defects).toEqual([])
})

test('without a socket the page is the same', async () => {
  const core = mockWith()
  const response = await core.fetchFor('default')('/', { headers: BROWSER })
  expect(await response.text()).toBe(PAGE)
  const again = await core.fetchFor('default')(SCRIPT, { headers: { 'If-None-Match': '"code"' } })
  expect([again.status, again.headers.get('content-length')]).toEqual([304, null])
})
