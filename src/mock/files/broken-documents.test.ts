import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { pick, streamOf } from '../../../fixtures/stream.ts'
import { explainStartFailure } from '../../cli/commands/start-failure.ts'
import { readCommand } from '../../cli/options/read-command.ts'
import type { JsonObject } from '../../openapi/json-object.ts'
import { pointerTo, tokensOf, valueAt } from '../../openapi/json-pointer.ts'
import { loadDocument } from '../../openapi/load-document.ts'
import { pathOf } from '../../openapi/package-files.ts'
import { createMockCore, type MockCore } from '../create-mock.ts'
import { nodePlatform } from './node-platform.ts'
import { createReload } from './reload-document.ts'
import { tryDocument } from './try-document.ts'

/** Few operations, so that a trial of each of many documents is quick. */
const KEPT = ['/pet/{petId}', '/user/login']
const own = loadDocument(pathOf('openapi.yaml')).json
const paths = Object.fromEntries(
  KEPT.map((path) => [path, { ...(valueAt(own, pointerTo('/paths', path)) as JsonObject), post: undefined }]),
)
const small: JsonObject = JSON.parse(JSON.stringify({ ...own, tags: [], paths }))
const TEXT = JSON.stringify(small, null, 1)

let folder: string
let file: string
let mock: MockCore
let reload: () => Promise<void>
const said: string[] = []

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inboxes-mock-'))
  file = join(folder, 'next.yaml')
  writeFileSync(file, TEXT)
  mock = createMockCore({ document: file }, nodePlatform)
  reload = createReload(mock, file, (message) => said.push(message))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** The start of the command as far as the document: undefined, or what it says and its exit code. */
async function start() {
  const command = readCommand(['--document', file])
  if (command.kind !== 'serve') throw new Error(command.kind)
  try {
    const started = createMockCore(command.config, nodePlatform)
    await tryDocument(started.document)
    return undefined
  } catch (error) {
    const failure = explainStartFailure(error, command.config)
    if (failure === undefined) throw error
    return failure
  }
}

const REQUESTS: readonly (readonly [method: string, path: string])[] = [
  ['GET', '/pet/1'],
  ['GET', '/pet/999'],
  ['DELETE', '/pet/998'],
  ['GET', '/user/login?username=user1&password=x'],
  ['GET', '/nowhere'],
]

async function answers(of: MockCore) {
  const fetch = of.fetchFor('default')
  return Promise.all(
    REQUESTS.map(async ([method, path]) => {
      const headers = { api_key: 'special-key', accept: 'application/json' }
      const response = await fetch(`/v2${path}`, { method, headers })
      return {
        status: response.status,
        headers: [...response.headers].filter(([name]) => name !== 'date'),
        text: await response.text(),
      }
    }),
  )
}

/** Puts a document in place and tries the start and the reload: either both refuse it in one line, or it is served. */
async function tryOut(content: string | Uint8Array) {
  const before = await answers(mock)
  const known = mock.document
  said.length = 0
  writeFileSync(file, content)
  await reload()
  const after = await answers(mock)
  if (mock.document === known) {
    const started = await start()
    expect(after).toEqual(before)
    expect(said).toEqual([expect.stringMatching(/^[^\n]+ The document before it is still enforced\.$/)])
    expect(started).toEqual({ message: expect.stringMatching(/^[^\n]*next\.yaml[^\n]+$/), exitCode: 2 })
    expect(said[0]).toContain(started?.message)
  } else {
    // A trial of such a document takes most of a second; the start makes the same one.
    expect(after.map(({ status }) => status)).not.toContain(500)
  }
  expect(mock.defects).toEqual([])
  mock.useDocument(known)
  return said[0]
}

/** Values that replace a node; the last two refer to the node itself, and to another file. */
const REPLACEMENTS: readonly ((pointer: string) => unknown)[] = [
  () => undefined,
  () => null,
  () => [],
  () => ({}),
  () => 'text',
  () => 7,
  () => true,
  () => ['text'],
  (pointer) => ({ $ref: `#${pointer}` }),
  () => ({ $ref: './secret.yaml' }),
  () => ({ $ref: 'http://127.0.0.1:9/secret.yaml' }),
]

function pointersOf(node: unknown, pointer = ''): string[] {
  if (node === null || typeof node !== 'object') return []
  return Object.entries(node).flatMap(([key, child]) => {
    const at = pointerTo(pointer, key)
    return [at, ...pointersOf(child, at)]
  })
}

/** The document with another value at a pointer; undefined removes the node. */
function edited(pointer: string, value: unknown): string {
  const copy = JSON.parse(TEXT)
  const tokens = tokensOf(pointer)
  const holder = valueAt(copy, tokens.slice(0, -1).reduce(pointerTo, ''))
  const key = tokens.at(-1) ?? ''
  if (value === undefined && !Array.isArray(holder)) Reflect.deleteProperty(Object(holder), key)
  else Reflect.set(Object(holder), key, value)
  return JSON.stringify(copy, null, 1)
}

const random = streamOf(1, 'broken', 'documents')
const pointers = pointersOf(small)
const topLevel = Object.keys(small).flatMap((key) => REPLACEMENTS.map((make) => [`/${key}`, make(`/${key}`)] as const))
const sampled = Array.from({ length: 40 }, () => {
  const pointer = pick(random, pointers)
  return [pointer, pick(random, REPLACEMENTS)(pointer)] as const
})

test.each([...topLevel, ...sampled])(
  'an edit of %s to %j is refused in one line, or served',
  async (pointer, value) => {
    await tryOut(edited(pointer, value))
  },
)

const bomb = Array.from(
  { length: 20 },
  (_, level) => `  a${level}: &a${level} [${Array(10).fill(level === 0 ? 'x' : `*a${level - 1}`)}]`,
)
const extended = (lines: string) => TEXT.replace(/^\{/, `{${lines}`)
const withSchemas = (schemas: JsonObject) =>
  edited('/components/schemas', { ...(small.components as { schemas: JsonObject }).schemas, ...schemas })
const references = (to: string, count: number) => ({
  type: 'object',
  properties: Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`p${index}`, { $ref: `#/components/schemas/${to}` }]),
  ),
})
const withName = (name: unknown) => edited('/components/schemas/Pet/properties/name', name)

test.each<[string, string | Uint8Array, string | RegExp]>([
  ['nothing', '', 'next.yaml is empty.'],
  ['blanks', ' \n\t\n', 'next.yaml is empty.'],
  ['a comment alone', '# later', 'next.yaml is not an OpenAPI 3.0 document'],
  ['a text', 'hello', 'next.yaml is not an OpenAPI 3.0 document'],
  ['a list', '[]', 'next.yaml is not an OpenAPI 3.0 document'],
  ['Swagger 2', 'swagger: "2.0"', 'next.yaml is not an OpenAPI 3.0 document'],
  ['OpenAPI 3.1', TEXT.replace('3.0.3', '3.1.0'), 'next.yaml is written in OpenAPI 3.1.0. Convert it to OpenAPI 3.0.'],
  ['UTF-16', Buffer.from(`\ufeff${TEXT}`, 'utf16le'), 'next.yaml is UTF-16. Save it as UTF-8.'],
  ['UTF-16 without a mark', Buffer.from(TEXT, 'utf16le'), 'next.yaml is UTF-16. Save it as UTF-8.'],
  [
    'Latin-1',
    Buffer.from(TEXT.replace('Inboxes Developer', 'Inböxes'), 'latin1'),
    /next\.yaml, line 4: the text is not UTF-8/,
  ],
  ['a binary file', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]), 'next.yaml is a binary file.'],
  ['half a document', TEXT.slice(0, TEXT.length / 2), /next\.yaml is not YAML: .* at line \d+/],
  ['two documents', `${TEXT}\n---\n${TEXT}`, /line \d+: a second YAML document begins here/],
  ['a tab', 'openapi: 3.0.3\npaths:\n\t/x: 1', 'Tabs are not allowed as indentation at line 3'],
  ['a key twice', extended('"info": {},'), /line \d+: \/info stands there a second time/],
  ['a key __proto__', extended('"x-a": {"__proto__": {}},'), '/x-a has a key __proto__'],
  ['a key that is no text', `? [a]\n: 1`, 'has a key that is not a text'],
  ['a date of YAML 1.1', '%YAML 1.1\n---\nopenapi: 2020-01-01', '/openapi is a value that JSON does not have'],
  ['a number that JSON lacks', 'openapi: .nan', '/openapi is a value that JSON does not have'],
  ['a tag of its own', 'openapi: !!js/function "x"', 'next.yaml is not YAML: Unresolved tag'],
  ['an alias of nothing', 'openapi: *a', '/openapi refers to *a, which no node before it is called'],
  [
    'an alias bomb',
    ['openapi: 3.0.3', 'paths: {}', 'x-a:', ...bomb].join('\n'),
    'has more than 100000 values, counting aliases',
  ],
  ['an alias of itself', 'openapi: 3.0.3\npaths: &a\n  /x: *a', '/paths/~1x contains itself, by *a'],
  ['brackets', '['.repeat(20_000), 'next.yaml is nested too deeply to be read'],
  ['levels', `${'{"a": '.repeat(70)}1${'}'.repeat(70)}`, 'is nested more than 64 levels deep'],
  ['more than a megabyte', `# ${'x'.repeat(1_000_000)}\n${TEXT}`, 'next.yaml has more than 1 MB'],
  ['too many lines', `${'#\n'.repeat(50_000)}${TEXT}`, 'next.yaml has more than 50000 lines'],
  [
    'references that multiply',
    withSchemas(
      Object.fromEntries(
        Array.from({ length: 8 }, (_, level) => [`L${level}`, references(level === 7 ? 'Tag' : `L${level + 1}`, 10)]),
      ),
    ),
    'values, counting references',
  ],
  [
    'a reference that leads back',
    withSchemas({ A: { $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/A' } }),
    'contains itself',
  ],
  ['a schema within itself', withSchemas({ A: references('A', 1) }), 'contains itself'],
  ['a reference to all', withName({ $ref: '#/' }), 'refers to #/, which the document does not have'],
  ['a file in allOf', withName({ allOf: [{ $ref: './secret.yaml' }] }), 'refers to ./secret.yaml, which is not opened'],
  [
    'a file beside a reference',
    withName({ $ref: '#/components/schemas/Tag', 'x-a': { $ref: 'file:///etc/passwd' } }),
    'refers to file:///etc/passwd, which is not opened',
  ],
  [
    'a file of a path',
    edited('/paths/~1pet~1{petId}', { $ref: './pet.yaml' }),
    'refers to ./pet.yaml, which is not opened',
  ],
  [
    'a path elsewhere',
    edited('/paths/~1pet', { $ref: '#/paths/~1pet~1{petId}' }),
    '/paths/~1pet/$ref is not supported',
  ],
  [
    'an example elsewhere',
    edited('/paths/~1pet~1{petId}/get/responses/200/content/application~1json/examples/sold', {
      externalValue: 'http://127.0.0.1:9/',
    }),
    'externalValue',
  ],
  [
    'a mapping to a file',
    withName({ type: 'string', discriminator: { propertyName: 'a', mapping: { a: './secret.yaml' } } }),
    'Keyword discriminator',
  ],
  [
    'a keyword beside a reference',
    withName({ $ref: '#/components/schemas/Tag', nullable: true }),
    'stands beside a $ref',
  ],
  ['a pattern that is none', withName({ type: 'string', pattern: '(' }), /pattern/],
  [
    'a parameter in a cookie',
    edited('/paths/~1pet~1{petId}/get/parameters/0', { name: 'a', in: 'cookie', schema: { type: 'string' } }),
    'cookie',
  ],
  [
    'a range of statuses',
    edited('/paths/~1pet~1{petId}/get/responses/4XX', { description: 'x' }),
    'is a range of statuses',
  ],
  ['an operation twice', edited('/paths/~1user~1login/get/operationId', 'getPetById'), /getPetById/],
  ['two paths of one shape', edited('/paths/~1pet~1{id}', {}), 'is the same path as /pet/{petId}'],
  [
    'a parameter that nobody describes',
    edited('/paths/~1pet~1{petId}/get/parameters', []),
    'documents no path parameter petId',
  ],
  [
    'a parameter that the path lacks',
    edited('/paths/~1user~1login/get/parameters/0/in', 'path'),
    'the path has no {username}',
  ],
  ['an operation without a name', edited('/paths/~1user~1login/get/operationId', undefined), 'has no operationId'],
  ['a server of one path', edited('/paths/~1user~1login/servers', []), '/servers is not supported'],
  [
    'another way to authenticate',
    edited('/components/securitySchemes/api_key', { type: 'http', scheme: 'basic' }),
    'Use an apiKey in the header api_key',
  ],
  ['a half parameter', TEXT.replace('"/user/login"', '"/user/x{login}"'), 'has the segment x{login}'],
  ['a server without a value', edited('/servers/0/url', 'https://{host}/v2'), '/servers/0/url has {host}'],
])('%s is refused in one line', async (_name, content, message) => {
  expect(await tryOut(content)).toMatch(message)
})
