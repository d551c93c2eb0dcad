import { expect, test } from '@jest/globals'
import supertest from 'supertest'
import { createMock } from '../../index.ts'
import { parseApiDocument } from '../../openapi/load-document.ts'

const ask = (
  path: string,
  headers: Record<string, string> = {},
  method: 'get' | 'head' | 'post' = 'get',
  options = {},
) =>
  supertest(createMock(options).app)
    [method](path)
    .set({ Host: 'mock.test:4010', ...headers })

const BROWSER = { Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }

test('the root is a page for browsers, which loads nothing and names each operation, the key and a command', async () => {
  const { text, headers } = await ask('/', BROWSER)
    .expect(200)
    .expect('Content-Type', /^text\/html/)
  expect(headers['content-security-policy']).toContain("default-src 'none'")
  expect(headers.vary).toContain('Accept')
  expect(text.match(/<tr><td>/g)).toHaveLength(19)
  expect(text).toContain('GET /v2/pet/{petId}')
  expect(text).toContain(
    'curl -H &#39;api_key: special-key&#39; http://mock.test:4010/v2/store/inventory'.replaceAll('&#39;', "'"),
  )
  expect(text).not.toMatch(/<script|src=/)
  // Without it, a browser asks for /favicon.ico, which is a 404 in the log.
  expect(text).toContain('<link rel="icon" href="data:image/svg+xml,')
  expect(headers['content-security-policy']).toContain('img-src data:')
})

test.each([
  ['no Accept', undefined],
  ['any type', '*/*'],
  ['JSON', 'application/json'],
  ['a type that the index does not have', 'image/png'],
])('the root is a JSON index for others: %s', async (_what, accept) => {
  const { body } = await ask('/', accept === undefined ? {} : { Accept: accept }).expect(200)
  expect(body).toMatchObject({
    name: 'inboxes-mock',
    api: 'http://mock.test:4010/v2',
    openapi: { yaml: 'http://mock.test:4010/openapi.yaml', json: 'http://mock.test:4010/openapi.json' },
    ready: 'http://mock.test:4010/__admin/ready',
  })
})

test.each(['/', '/v2', '/v2/', '/openapi.yaml', '/openapi.json', '/__admin/health', '/__admin/ready'])(
  'HEAD %s answers as GET does, as wait tools ask',
  async (path) => {
    const get = await ask(path).redirects(0)
    const head = await ask(path, {}, 'head').redirects(0)
    expect([head.status, head.headers['content-type'], head.text ?? '']).toEqual([
      get.status,
      get.headers['content-type'],
      '',
    ])
    expect(get.status).toBeLessThan(400)
  },
)

test.each(['/v2', '/v2/', '/v2?a=b', '/s/mine/v2'])('the base path redirects to the root: %s', (path) =>
  ask(path)
    .redirects(0)
    .expect(302)
    .expect('Location', '/')
    .expect(({ headers }) => expect(headers).not.toHaveProperty('vary')),
)

test('the document is served as JSON and as YAML without aliases, and names the mock that was asked', async () => {
  const { body } = await ask('/openapi.json', { 'X-Forwarded-Proto': 'https' }).expect(200)
  expect(body.servers).toEqual([{ url: 'https://mock.test:4010/v2' }])
  const { text } = await ask('/openapi.yaml').expect(200).expect('Content-Type', 'application/yaml')
  expect(text).not.toMatch(/[:-] [&*]\w/)
  const { operations, json } = parseApiDocument(text, 'openapi.yaml')
  expect(json.servers).toEqual([{ url: 'http://mock.test:4010/v2' }])
  expect(operations).toHaveLength(19)
  expect({ ...json, servers: [] }).toEqual({ ...body, servers: [] })
})

test.each(['/__admin/health', '/__admin/ready', '/__admin/health?t=1', '/s/mine/__admin/ready'])(
  '%s answers everybody: other hosts, pages, and without the token',
  async (path) => {
    const origin = 'http://app.example'
    const { body, headers } = await ask(path, { Origin: origin }, 'get', { adminToken: 'secret-token' }).expect(200)
    expect(body).toEqual({ status: 'ok', product: 'inboxes-mock' })
    expect(headers['access-control-allow-origin']).toBe(origin)
  },
)

test('the rest of the control plane stays behind its gate', async () => {
  await ask('/__admin/state').expect(403)
  await ask('/__admin/state', {}, 'get', { adminToken: 'secret-token' }).expect(401)
  await ask('/__admin/healthy').expect(404)
})

test('a page that takes no POST says so, as a problem', async () => {
  const { body } = await ask('/', {}, 'post').expect(405).expect('Allow', 'GET, HEAD, OPTIONS')
  expect(body).toMatchObject({ status: 405, instance: '/' })
})

test('a key of the user, and a host of an attacker, are not in the page', async () => {
  const { text } = await ask('/', { ...BROWSER, Host: 'a<script>b' }, 'get', { apiKeys: ['of-the-user'] })
  expect(text).not.toContain('of-the-user')
  expect(text).not.toContain('<script>')
})
