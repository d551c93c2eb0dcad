import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createMock, type Mock, type Running } from '../../src/index.ts'
import { type Pages, startPages } from './page.test.support.ts'

let pages: Pages
let mock: Mock
let running: Running
beforeAll(async () => {
  pages = await startPages()
  mock = createMock()
  running = await mock.listen()
})
afterAll(async () => {
  await pages.close()
  await running.close()
})

/** Sends one request from a page of another origin, by both ways that a page has; gives what the page could read. */
const ask = (path: string, init: object) =>
  pages.run<{ readonly status: number; readonly body: string }[]>(`
    const url = ${JSON.stringify(running.url + path)}, init = ${JSON.stringify(init)}
    const response = await fetch(url, init)
    const byFetch = { status: response.status, body: await response.text() }
    const byXhr = await new Promise((resolve, reject) => {
      const xhr = new XMLHttpRequest()
      xhr.open(init.method ?? 'GET', url)
      for (const [name, value] of Object.entries(init.headers ?? {})) xhr.setRequestHeader(name, value)
      xhr.onload = () => resolve({ status: xhr.status, body: xhr.responseText })
      xhr.onerror = () => reject(new Error('CORS error'))
      xhr.send(init.body)
    })
    return [byFetch, byXhr]`)

const KEY = { api_key: 'special-key' }

test.each([
  ['Authorization', { Authorization: 'Bearer t' }],
  ['X-Requested-With', { 'X-Requested-With': 'XMLHttpRequest' }],
  ['traceparent', { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' }],
  ['a header of its own', { 'X-Of-Our-Own': '1' }],
])('a page of another origin may send %s', async (_what, headers) => {
  for (const { status } of await ask('/pet/1', { headers: { ...KEY, ...headers } })) expect(status).toBe(200)
})

test.each([
  ['an unknown path', '/pets/1', 'GET', 404, 'Did you mean'],
  ['a method that the path does not take', '/pet/1', 'PATCH', 405, 'does not take PATCH'],
  ['a missing key', '/pet/1', 'GET', 401, 'api_key'],
])('a page of another origin reads why it was refused: %s', async (_what, path, method, status, text) => {
  const headers = status === 401 ? { 'X-Of-Our-Own': '1' } : KEY
  for (const read of await ask(path, { method, headers })) {
    expect(read.status).toBe(status)
    expect(read.body).toContain(text)
  }
})

test('a page of another origin may send cookies, so the cookie of a session works', async () => {
  const text = await pages.run<string>(`
    document.cookie = 'X-Mock-Session=of-a-cookie'
    const init = { headers: { 'Content-Type': 'application/json' }, credentials: 'include' }
    await fetch('${running.url}/user', { ...init, method: 'POST', body: '{"username":"ada"}' })
    return (await fetch('${running.url}/user/ada', init)).text()`)
  expect(JSON.parse(text)).toEqual({ username: 'ada' })
  expect(mock.session('of-a-cookie').store.users.get('ada')).toEqual({ username: 'ada' })
  expect(mock.store.users.get('ada')).toBeUndefined()
})

test('a page of another origin may write', async () => {
  const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"username":"ada"}' }
  expect((await ask('/user', init)).map(({ status }) => status)).toEqual([200, 200])
})

test('a page reads the headers that the document names, of a login and of a refusal', async () => {
  const [rate, challenge] = await pages.run<(string | null)[]>(`
    const login = await fetch('${running.url}/user/login?username=a&password=b')
    const refused = await fetch('${running.url}/pet/1')
    return [login.headers.get('X-Rate-Limit'), refused.headers.get('WWW-Authenticate')]`)
  expect(rate).toMatch(/^\d+$/)
  expect(challenge).toMatch(/^api_key/)
})
