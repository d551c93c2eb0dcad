import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createMock } from '../../src/index.ts'
import { pathOf } from '../../src/openapi/package-files.ts'
import { type Pages, startPages } from './page.test.support.ts'

let pages: Pages
beforeAll(async () => {
  pages = await startPages()
})
afterAll(() => pages.close())

/** A request as data. `form` and `file` stand in place of a text. */
interface Asked {
  readonly method?: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly text?: string
  readonly form?: Readonly<Record<string, string>>
  readonly file?: { readonly name: string; readonly content: string; readonly metadata?: string }
  /** The Content-Encoding to send it in. */
  readonly coding?: 'gzip' | 'deflate'
}

/** Asks each and gives status, headers and text. It runs here and, by its source, in the page. */
const askAll = `async (fetch, asked) => {
  const bodyOf = async ({ text, form, file, coding }) => {
    if (form) return new URLSearchParams(form)
    if (coding) return new Response(new Blob([text]).stream().pipeThrough(new CompressionStream(coding))).arrayBuffer()
    if (!file) return text
    const data = new FormData()
    if (file.metadata !== undefined) data.set('additionalMetadata', file.metadata)
    data.set('file', new File([file.content], file.name, { type: 'image/png' }))
    return data
  }
  const answers = []
  for (const one of asked) {
    const encoded = one.coding ? { 'Content-Encoding': one.coding } : {}
    const headers = { api_key: 'special-key', ...encoded, ...one.headers }
    const response = await fetch(one.path, { method: one.method ?? 'GET', headers, body: await bodyOf(one) })
    answers.push([response.status, Object.fromEntries(response.headers), await response.text()])
  }
  return answers
}`

const here: (fetch: unknown, asked: readonly Asked[]) => Promise<unknown> = Function(`return ${askAll}`)()

const JSON_TYPE = { 'Content-Type': 'application/json' }
const XML_TYPE = { 'Content-Type': 'application/xml' }
const XML_PET =
  '<Pet><id>1</id><name>Zoë &amp; co</name><photoUrls>a</photoUrls><tags><id>1</id><name>tag1</name></tags></Pet>'

const ASKED: Readonly<Record<string, readonly Asked[]>> = {
  'JSON, both ways': [
    { path: '/v2/pet/1' },
    { method: 'POST', path: '/v2/user', headers: JSON_TYPE, text: '{"username":"ada","firstName":"Ädä 🐾"}' },
    { path: '/v2/user/ada' },
    { method: 'POST', path: '/v2/domain', headers: JSON_TYPE, text: '{"name":"ada.example"}' },
    { method: 'POST', path: '/v2/store/order', headers: JSON_TYPE, text: '{}' },
    { path: '/v2/store/inventory' },
  ],
  'refusals, with the lines of the document': [
    { method: 'POST', path: '/v2/user', headers: JSON_TYPE, text: '{"username":1,"userStatus":"x"}' },
    { method: 'POST', path: '/v2/user', headers: JSON_TYPE, text: '{"username":' },
    { method: 'PUT', path: '/v2/pet', headers: JSON_TYPE, text: '{"id":9007199254740993,"name":"a"}' },
    { path: '/v2/pet/findByStatus?status=availible' },
    { path: '/v2/pet/x' },
    { path: '/v2/pet/4711' },
    { path: '/v2/pet/1', headers: { api_key: 'wrong' } },
    { path: '/v2/pet/1', headers: { Accept: 'text/html' } },
    { method: 'PATCH', path: '/v2/pet/1' },
    { method: 'POST', path: '/v2/user', headers: { 'Content-Type': 'text/plain' }, text: 'a' },
    { path: '/v2/nowhere' },
  ],
  'XML, both ways': [
    { method: 'PUT', path: '/v2/pet', headers: XML_TYPE, text: XML_PET },
    { path: '/v2/pet/1', headers: { Accept: 'application/xml' } },
    { path: '/v2/pet/findByTags?tags=tag1', headers: { Accept: 'application/xml' } },
    { method: 'PUT', path: '/v2/pet', headers: XML_TYPE, text: '<Pet><id>1</Pet>' },
    { method: 'PUT', path: '/v2/pet', headers: XML_TYPE, text: '<!DOCTYPE x><Pet/>' },
  ],
  forms: [
    { method: 'POST', path: '/v2/pet/1', form: { name: 'Ädä & co', status: 'sold' } },
    { path: '/v2/pet/1' },
    { method: 'POST', path: '/v2/pet/1', form: { status: 'gone' } },
  ],
  multipart: [
    { method: 'POST', path: '/v2/pet/1/uploadImage', file: { name: 'ü "1".png', content: 'bytes', metadata: 'é' } },
    { method: 'POST', path: '/v2/pet/1/uploadImage', file: { name: 'x'.repeat(300), content: '--\r\n'.repeat(1000) } },
    { path: '/v2/pet/1' },
    { method: 'POST', path: '/v2/pet/1/uploadImage', headers: { 'Content-Type': 'multipart/form-data' }, text: 'x' },
  ],
  'compressed bodies': (['gzip', 'deflate'] as const).flatMap((coding) => [
    { method: 'POST', path: '/v2/user', headers: JSON_TYPE, coding, text: `{"username":"${coding}"}` },
    { path: `/v2/user/${coding}` },
  ]),
  'the control plane': [
    { path: '/__admin/state' },
    {
      method: 'PUT',
      path: '/__admin/state',
      headers: JSON_TYPE,
      text: '{"pets":[{"id":1,"name":"a","photoUrls":[]}]}',
    },
    { method: 'PUT', path: '/__admin/state', headers: JSON_TYPE, text: '{"pets":[{"id":"x"}]}' },
    { path: '/v2/store/inventory' },
    { method: 'POST', path: '/__admin/faults', headers: JSON_TYPE, text: '{"steps":[{"kind":"status","status":404}]}' },
    { method: 'POST', path: '/__admin/faults', headers: JSON_TYPE, text: '{"steps":[{"kind":"sttus"}]}' },
    { path: '/v2/pet/1' },
    { path: '/__admin/nowhere' },
  ],
}

describe('a page gets the status, headers and bytes of Node', () => {
  test.each(Object.entries(ASKED))('for %s', async (_kind, asked) => {
    const inPage = await pages.run(`return (${askAll})(createMock().fetch, ${JSON.stringify(asked)})`)
    expect(inPage).toEqual(await here(createMock().fetch, asked))
  })

  test.each([1, 0, -7, 4711])('for the records of seed %i', async (seed) => {
    const inPage = await pages.run(`return JSON.stringify(createMock({ seed: ${seed}, pets: 100 }).store.export())`)
    expect(inPage).toBe(JSON.stringify(createMock({ seed, pets: 100 }).store.export()))
  })
})

test('sessions of one mock, and two mocks, share nothing', async () => {
  const found = await pages.run(`
    const [mock, other] = [createMock(), createMock()]
    const key = { api_key: 'special-key' }
    await mock.session('a').fetch('/v2/pet/1', { method: 'DELETE', headers: key })
    const asked = [mock.session('a').fetch, mock.session('b').fetch, mock.fetch, other.fetch]
    const statuses = await Promise.all(asked.map(async (fetch) => (await fetch('/v2/pet/1', { headers: key })).status))
    const byHeader = await mock.fetch('/v2/pet/1', { headers: { ...key, 'X-Mock-Session': 'a' } })
    return [...statuses, byHeader.status]`)
  expect(found).toEqual([404, 200, 200, 200, 404])
})

test('faults break the connection, the status, the body and the speed', async () => {
  const found = await pages.run(`
    const mock = createMock()
    const steps = [{ kind: 'reset' }, { kind: 'status', status: 404 }, { kind: 'truncated' }, { kind: 'slow-body', ms: 50, chunks: 5 }]
    mock.faults.add({ match: { operationId: 'getPetById' }, steps })
    const ask = async () => {
      try {
        const response = await mock.fetch('/v2/pet/1', { headers: { api_key: 'special-key' } })
        return [response.status, (await response.text()).length > 0]
      } catch (error) {
        return error.name
      }
    }
    return [await ask(), await ask(), await ask(), await ask()]`)
  expect(found).toEqual(['TypeError', [404, true], 'TypeError', [200, true]])
})

test('the clock can be moved', async () => {
  const found = await pages.run(`
    const mock = createMock()
    const expires = async () => (await mock.fetch('/v2/user/login?username=a&password=b')).headers.get('X-Expires-After')
    const first = await expires()
    mock.clock.advance(60_000)
    return [first, await expires()]`)
  expect(found).toEqual(['2030-01-01T01:00:00.000Z', '2030-01-01T01:01:00.000Z'])
})

test('snapshots, the journal and states work, and a state that breaks the document is refused', async () => {
  const found = await pages.run(`
    const mock = createMock()
    mock.snapshots.take('start')
    await mock.fetch('/v2/pet/1', { method: 'DELETE', headers: { api_key: 'special-key' } })
    const count = mock.journal.count({ operationId: 'deletePet' })
    const { pets: { removed } } = mock.snapshots.diff('start')
    mock.snapshots.restore('start')
    await mock.putState({ users: [{ username: 'ada' }] })
    const refused = await mock.putState({ users: [{ username: 1 }] }).catch((error) => error instanceof ApiError && error.status)
    return [count, removed, mock.store.pets.has(1), [...mock.store.users.keys()], refused, mock.defects]`)
  expect(found).toEqual([1, [1], true, ['ada'], 400, []])
})

test('a document of the file system is refused in words', async () => {
  const found = await pages.run(`
    try { createMock({ document: 'openapi.yaml' }) } catch (error) { return error.name + ': ' + error.message }`)
  expect(found).toBe(
    'DocumentError: A page cannot read openapi.yaml: it serves the packaged document. Leave the option out.',
  )
})

const MANY: readonly Asked[] = Object.values(ASKED).flat()

test("a page under script-src 'self' runs it all", async () => {
  const policy = "default-src 'none'; script-src 'self'; img-src data:"
  const inPage = await pages.run(
    `const violations = []
    document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => violations.push(violatedDirective))
    const answers = await (${askAll})(createMock().fetch, ${JSON.stringify(MANY)})
    return [answers, violations]`,
    { policy },
  )
  expect(inPage).toEqual([await here(createMock().fetch, MANY), []])
})

/** Starts MSW's worker with handlers of a mock; unknown requests pass by it. */
const WORKER = `
const quiet = { quiet: true, onUnhandledRequest: 'bypass' }
const key = { api_key: 'special-key' }
const mock = createMock()
const worker = setupWorker(...handlers({ mock, baseUrl: '/api' }))
await worker.start(quiet)
`

test("MSW's service worker gives a page the answers of the mock", async () => {
  const asked = MANY.filter(({ path, coding }) => path.startsWith('/v2/') && !coding)
  const inPage = await pages.run<readonly [number, object, string][]>(`${WORKER}
    const viaApi = (path, init) => fetch(path.replace('/v2/', '/api/'), init)
    return (${askAll})(viaApi, ${JSON.stringify(asked)})`)
  const expected = (await here(createMock().fetch, asked)) as readonly [number, object, string][]
  expect(inPage.map(([status, , text]) => [status, text])).toEqual(expected.map(([status, , text]) => [status, text]))
})

test("under MSW's service worker a broken connection is a failed fetch, and other requests pass", async () => {
  const found = await pages.run(`${WORKER}
    mock.faults.add({ steps: [{ kind: 'reset' }] })
    const broken = await fetch('/api/pet/1', { headers: key }).catch((error) => error.name)
    const script = await fetch('/mockServiceWorker.js')
    return [broken, script.status, mock.journal.count({})]`)
  expect(found).toEqual(['TypeError', 200, 1])
})

/** The preview file of the guide, as the body of a function: without imports, and with a name for what it exports. */
const PREVIEW = (/^```ts\n(.*?)^```$/ms.exec(readFileSync(pathOf('docs/browser.md'), 'utf8'))?.[1] ?? '')
  .replaceAll(/^import .*\n/gm, '')
  .replaceAll(/: \{ id: string \}/g, '')
  .replace('export default', 'const preview =')

test('two stories, one after the other as Storybook shows them, do not see each other’s state', async () => {
  const found = await pages.run(
    `${PREVIEW}
    const status = async (method) => (await fetch('/api/pet/1', { method, headers: { api_key: 'special-key' } })).status
    await preview.beforeAll()
    await preview.beforeEach({ id: 'pet--deleted' })
    const first = [await status('DELETE'), await status('GET')]
    await preview.beforeEach({ id: 'pet--default' })
    const second = await status('GET')
    worker.resetHandlers(...handlers({ mock: mock.session('pet--deleted'), baseUrl: '/api' }))
    const again = await status('GET')
    await preview.beforeEach({ id: 'pet--deleted' })
    return [first, second, again, await status('GET')]`,
    { policy: "default-src 'none'; script-src 'self'; connect-src 'self'; img-src data:" },
  )
  expect(found).toEqual([[200, 404], 200, 404, 200])
})

test('two stories on one page of documentation do not see each other’s state', async () => {
  const found = await pages.run(
    `const mock = createMock()
    const key = { api_key: 'special-key' }
    /** A component that lists the names of sold pets, and a button that deletes the first. */
    const render = (root, { fetch }) => {
      const list = async () => {
        const pets = await (await fetch('/v2/pet/findByStatus?status=sold', { headers: key })).json()
        root.querySelector('output').textContent = pets.map(({ id }) => id).join(' ')
        return pets
      }
      root.querySelector('button').onclick = async () => {
        const [first] = await list()
        await fetch('/v2/pet/' + first.id, { method: 'DELETE', headers: key })
        root.dispatchEvent(new CustomEvent('deleted', { detail: await list() }))
      }
      return list()
    }
    const stories = [...document.querySelectorAll('section')]
    await Promise.all(stories.map((root) => render(root, mock.session(root.id))))
    const texts = () => stories.map((root) => root.querySelector('output').textContent)
    const before = texts()
    const deleted = new Promise((resolve) => stories[0].addEventListener('deleted', resolve))
    stories[0].querySelector('button').click()
    await deleted
    return [before, texts()]`,
    { html: ['one', 'two'].map((id) => `<section id="${id}"><output></output><button></button></section>`).join('') },
  )
  const [[first, second], [changed, same]] = found as [[string, string], [string, string]]
  expect(first).toBe(second)
  expect(same).toBe(second)
  expect(changed).toBe(first.split(' ').slice(1).join(' '))
})
