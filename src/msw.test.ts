import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { HttpResponse, http } from 'msw'
import { type SetupServer, setupServer } from 'msw/node'
import { createMock, type Mock } from './index.ts'
import { handlers } from './msw.ts'

const baseUrl = 'https://api.inboxes.example/v2'
const headers = { api_key: 'special-key' }

let mock: Mock
let server: SetupServer

beforeEach(() => {
  mock = createMock()
  server = setupServer(...handlers({ mock, baseUrl }))
  server.listen({ onUnhandledRequest: 'error' })
})

afterEach(() => server.close())

const ask = (path: string, init: RequestInit = {}) => fetch(baseUrl + path, { headers, ...init })

test('the mock answers what is below the base URL, and remembers it', async () => {
  const user = JSON.stringify({ username: 'ada' })
  const json = { 'Content-Type': 'application/json' }
  expect((await ask('/user', { method: 'POST', headers: json, body: user })).status).toBe(200)
  expect(await (await ask('/user/ada')).json()).toEqual({ username: 'ada' })
  expect(mock.store.users.get('ada')).toEqual({ username: 'ada' })
})

test('status, headers and bytes are those of the mock', async () => {
  for (const path of [
    '/pet/1',
    '/pet/findByStatus?status=sold',
    '/pet/4711',
    '/nowhere',
    '/user/login?username=a&password=b',
  ]) {
    const [own, given] = [await mock.fetch(`/v2${path}`, { headers }), await ask(path)]
    expect([given.status, await given.text()]).toEqual([own.status, await own.text()])
    expect(Object.fromEntries(given.headers)).toEqual(Object.fromEntries(own.headers))
  }
})

test('forms and files arrive', async () => {
  expect((await ask('/pet/1', { method: 'POST', body: new URLSearchParams({ name: 'Ada' }) })).status).toBe(200)
  expect(mock.store.pets.get(1)?.name).toBe('Ada')
  const form = new FormData()
  form.set('file', new File(['bytes'], 'ü.png'))
  const response = await ask('/pet/1/uploadImage', { method: 'POST', body: form })
  expect(await response.json()).toMatchObject({ message: 'File ü.png uploaded, 5 bytes' })
})

test.each(['https://other.example/v2/pet/1', 'https://api.inboxes.example/v20/pet/1', 'https://api.inboxes.example/'])(
  '%s is left to others',
  async (url) => {
    server.use(http.all('*', () => HttpResponse.text('other')))
    server.use(...handlers({ mock, baseUrl }))
    expect(await (await fetch(url)).text()).toBe('other')
    expect(mock.journal.count({})).toBe(0)
  },
)

test('another base URL stands for the same paths', async () => {
  for (const other of ['https://one.example', 'https://two.example/', 'https://three.example/a/b']) {
    server.use(...handlers({ mock, baseUrl: other }))
    expect((await fetch(`${other.replace(/\/$/, '')}/pet/1`, { headers })).status).toBe(200)
  }
})

test('handlers of a session use its state alone', async () => {
  server.use(...handlers({ mock: mock.session('story'), baseUrl }))
  expect((await ask('/pet/1', { method: 'DELETE' })).status).toBe(200)
  expect((await ask('/pet/1')).status).toBe(404)
  server.resetHandlers()
  expect((await ask('/pet/1')).status).toBe(200)
})

test.each(['reset', 'empty-reply'] as const)('the fault %s is a network error', async (kind) => {
  mock.faults.add({ steps: [{ kind }] })
  await expect(ask('/pet/1')).rejects.toThrow(TypeError)
})

test('an aborted request rejects and changes nothing', async () => {
  mock.faults.add({ steps: [{ kind: 'delay', ms: 200 }] })
  await expect(ask('/pet/1', { method: 'DELETE', signal: AbortSignal.timeout(20) })).rejects.toThrow()
  expect(mock.store.pets.has(1)).toBe(true)
})

test('the handler has a name for lists of handlers', () => {
  expect(server.listHandlers()).toMatchObject([{ info: { header: `all ${baseUrl}` } }])
})
