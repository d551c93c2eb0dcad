import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import type { JsonObject } from '../../openapi/json-object.ts'
import { pathOf } from '../../openapi/package-files.ts'
import { createMockCore } from '../create-mock.ts'
import { parseServed } from '../files/load-served-document.ts'
import { nodePlatform } from '../files/node-platform.ts'

const TEXT = readFileSync(pathOf('openapi.yaml'), 'utf8')

/** A mock of the document after an edit, and a function that calls it. */
function mockOf(edit: (text: string) => string) {
  const document = parseServed(edit(TEXT), 'next.yaml')
  const mock = createMockCore({}, { ...nodePlatform, loadDocument: () => document, warn: () => {} })
  const fetch = mock.fetchFor('default')
  const call = async (method: string, path: string, body?: unknown) => {
    const headers = {
      api_key: 'special-key',
      accept: 'application/json',
      ...(body ? { 'content-type': 'application/json' } : {}),
    }
    const response = await fetch(mock.basePath + path, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await response.text()
    const source = response.headers.get('x-mock-source')
    return { status: response.status, source, value: text === '' ? undefined : (JSON.parse(text) as JsonObject) }
  }
  return { mock, call }
}

const PET = '    Pet:\n      type: object\n      required: [name, photoUrls]\n      properties:\n'
const NEXT_PET = `    Pet:
      type: object
      required: [name, photoUrls, color, chip]
      properties:
        color: { type: string, enum: [red, green, blue] }
        chip: { type: string, pattern: '^[A-Z]{3}-[0-9]{4}$' }
`

test('a new required property has a value from its schema and the seed, and no other value changes', async () => {
  const { mock, call } = mockOf((text) => text.replace(PET, () => NEXT_PET))
  const old = mockOf((text) => `${text}# another text\n`)
  for (const id of [1, 2, 3]) {
    const { value } = await call('GET', `/pet/${id}`)
    const { color, chip, ...rest } = value ?? {}
    expect(color).toMatch(/^(red|green|blue)$/)
    expect(chip).toMatch(/^[A-Z]{3}-[0-9]{4}$/)
    expect(rest).toEqual((await old.call('GET', `/pet/${id}`)).value)
    expect((await call('GET', `/pet/${id}`)).value).toEqual(value)
  }
  expect((await call('PUT', '/domain', { id: 1, name: 'a', photoUrls: [] })).status).toBe(405)
  expect(mock.defects).toEqual([])
})

/** A domain has a zone, and other words for its status. */
const DOMAIN = '    Domain:\n      type: object\n      properties:\n'
const NEXT_DOMAIN = `    Domain:
      type: object
      required: [zone]
      properties:
        zone: { type: string, pattern: '^[A-Z]{3}$' }
`
const nextDomain = (text: string) =>
  text.replace(DOMAIN, () => NEXT_DOMAIN).replace('[missing validation, validated]', '[open, closed]')

test('any number of kept records get what a new document requires of them, and the state is still told', async () => {
  const { mock, call } = mockOf(nextDomain)
  for (let added = 0; added < 250; added++) expect((await call('POST', '/domain', { name: 'a' })).status).toBe(200)
  const response = await mock.fetchFor('default')('/__admin/state')
  expect(mock.defects).toEqual([])
  expect(response.status).toBe(200)
  const { domains } = (await response.json()) as { readonly domains: readonly JsonObject[] }
  expect(domains.length).toBeGreaterThan(250)
  for (const { zone, status } of domains) {
    expect(zone).toMatch(/^[A-Z]{3}$/)
    expect(status).toMatch(/^(open|closed)$/)
  }
})

const PATHS = `
  /inbox:
    get: { operationId: listInboxes, responses: { '200': { description: all, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Inbox' } } } } } } }
    post: { operationId: addInbox, requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Inbox' } } } }, responses: { '201': { description: new, content: { application/json: { schema: { $ref: '#/components/schemas/Inbox' } } } } } }
  /inbox/{inboxId}:
    parameters: [{ name: inboxId, in: path, required: true, schema: { type: string } }]
    get: { operationId: getInbox, responses: { '200': { description: one, content: { application/json: { schema: { $ref: '#/components/schemas/Inbox' } } } } } }
    put: { operationId: putInbox, requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Inbox' } } } }, responses: { '204': { description: done } } }
    delete: { operationId: dropInbox, responses: { '204': { description: gone } } }
  /pet:
    get: { operationId: listPets, responses: { '200': { description: all, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } } } } } }
  /quota:
    get: { operationId: getQuota, responses: { '200': { description: left, content: { application/json: { schema: { type: object, required: [left], properties: { left: { type: integer, example: 5 } } } } } } } }
components:
`
const withPaths = (text: string) => text.replace('\ncomponents:\n', () => PATHS)

test('new operations on a collection and its records keep records of their schema', async () => {
  const { mock, call } = mockOf(withPaths)
  expect((await call('GET', '/inbox')).value).toHaveLength(3)
  const { status, value } = await call('POST', '/inbox', { name: 'a' })
  expect([status, value]).toEqual([201, { id: '4', name: 'a' }])
  expect((await call('PUT', '/inbox/4', { name: 'b' })).status).toBe(204)
  expect((await call('GET', '/inbox/4')).value).toEqual({ id: '4', name: 'b' })
  expect((await call('DELETE', '/inbox/4')).status).toBe(204)
  expect((await call('GET', '/inbox/4')).status).toBe(404)
  mock.sessions.get('default').reset()
  expect((await call('GET', '/inbox')).value).toHaveLength(3)
  expect(mock.defects).toEqual([])
})

test('new operations on records that the mock keeps work on those', async () => {
  const { mock, call } = mockOf(withPaths)
  expect((await call('DELETE', '/pet/1')).status).toBe(200)
  const { value } = await call('GET', '/pet')
  expect(value).toEqual([...mock.sessions.get('default').store.pets.values()])
  expect(value).toHaveLength(9)
})

test('any other new operation answers by its schema, is marked, and named', async () => {
  const { mock, call } = mockOf(withPaths)
  expect(await call('GET', '/quota')).toEqual({ status: 200, source: 'schema', value: { left: 5 } })
  expect(mock.news).toContain(
    'GET /quota is new, and served by its example or schema alone, which X-Mock-Source: schema says.',
  )
  expect(mock.news).toHaveLength(7)
})

test('a removed operation is gone, and refusals that are missing are added as inferred', async () => {
  const cut =
    /^ {8}'404':\n {10}x-inferred-keys: \[content\]\n {10}description: Pet not found\n(?: {10}.*\n)*?(?= {8}')/m
  const { mock, call } = mockOf((text) => text.replace(/^ {2}\/store\/inventory:\n(?: {4}.*\n)+/m, '').replace(cut, ''))
  expect((await call('GET', '/store/inventory')).status).toBe(404)
  expect((await call('PUT', '/domain', { id: 999, name: 'a', photoUrls: [] })).status).toBe(404)
  expect(mock.defects).toEqual([])
})

test.each([
  ['servers: [{ url: /v3 }]', '/v3'],
  ['servers: [{ url: v3/ }]', '/v3'],
  ['servers: []', ''],
  ["servers: [{ url: 'https://{host}/{v}', variables: { host: { default: a.example }, v: { default: v9 } } }]", '/v9'],
])('%s gives the base path %j', async (servers, basePath) => {
  const { mock, call } = mockOf((text) => text.replace(/^servers:\n(?: .*\n)+/m, `${servers}\n`))
  expect(mock.basePath).toBe(basePath)
  expect((await call('GET', '/store/order/1')).status).toBe(200)
})

test("another API's document is refused in a sentence", () => {
  const other = TEXT.replace('title: Inboxes Developer API', 'title: Swagger Petstore')
  expect(() => parseServed(other, 'petstore.yaml')).toThrow(
    /^petstore\.yaml, line 7: \/info\/title is Swagger Petstore \(version 1\.0\.0\), another API\. This mock serves versions of the Inboxes Developer API: name one\.$/,
  )
})
