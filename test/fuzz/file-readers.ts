import { createRequire } from 'node:module'
import type { Ajv, Options } from 'ajv'
import { REDACTION } from '../../src/http/redaction/redaction.ts'
import { createMock } from '../../src/index.ts'
import { stateText } from '../../src/mock/files/saving/state-text.ts'
import { parseState, StateFileError } from '../../src/mock/files/state-file.ts'
import { createSeedStores } from '../../src/mock/store/seed-stores.ts'
import type { Store } from '../../src/mock/store/store.ts'
import { importHar } from '../../src/mock/upstream/import-har.ts'
import { recordingOf } from '../../src/mock/upstream/recording.ts'
import type { ApiDocument } from '../../src/openapi/document.ts'
import { DocumentError } from '../../src/openapi/document-error.ts'
import { loadDocument, parseForeign } from '../../src/openapi/load-document.ts'
import { pathOf } from '../../src/openapi/package-files.ts'
import { INHERITED, type Reader, requireEqual, requirePlain } from './reader.ts'

const SMALL_DOCUMENT = `openapi: 3.0.3
info: { title: a, version: '1' }
servers: [{ url: 'http://a.example/v2' }]
paths:
  /pet/{petId}:
    get:
      operationId: getPetById
      tags: [pet]
      parameters:
        - { name: petId, in: path, required: true, schema: { type: integer, format: int64 } }
      responses:
        '200':
          description: ok
          headers:
            X-A: { schema: { type: integer } }
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Pet' }
              examples: { one: { value: { name: a } } }
        '400': { description: bad }
    post:
      operationId: updatePetWithForm
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema: { type: object, properties: { name: { type: string } } }
      responses: { '200': { description: ok } }
      security: [{ api_key: [] }]
components:
  securitySchemes:
    api_key: { type: apiKey, name: api_key, in: header }
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: { type: string, enum: [a, b] }
        tags: { type: array, items: { type: object, additionalProperties: false, properties: { id: { type: integer } } } }
`
/** Part of the message that no foreseen refusal has. */
const UNFORESEEN = 'please report this'

export const document: Reader = {
  read: (bytes) => {
    try {
      requirePlain(parseForeign(bytes.toString('utf8'), 'fuzz.yaml').operations)
    } catch (error) {
      if (!(error instanceof DocumentError) || error.message.includes(UNFORESEEN)) throw error
    }
  },
  words: [
    "$ref: '#/components/schemas/Pet'",
    "'#/paths'",
    '&a ',
    '*a',
    '<<: *a',
    'allOf: ',
    'oneOf: ',
    'type: object',
    'nullable: true',
    'null',
    '[]',
    '{}',
    '- ',
    ': ',
    '\n  ',
    '!!binary ',
    '? ',
    '| ',
    'default: ',
    'required: ',
    '/{a}',
    '~1',
    '%2F',
    'servers:',
    'components:',
    ...INHERITED,
  ],
  seeds: [
    SMALL_DOCUMENT,
    SMALL_DOCUMENT.replace("{ $ref: '#/components/schemas/Pet' }", '{ type: array, items: { type: string } }'),
  ],
  longest: 3000,
}

let own: ApiDocument | undefined
const ownDocument = () => {
  own ??= loadDocument(pathOf('openapi.yaml'))
  return own
}
const stores = createSeedStores(1, { pets: 2 })
const textOf = (store: Store) => [...stateText(store)].join('')

export const state: Reader = {
  read: async (bytes) => {
    try {
      const { state: read } = await parseState('state.json', bytes, ownDocument(), false)
      requirePlain(read)
      const store = stores().with(read)
      const again = await parseState('state.json', Buffer.from(textOf(store)), ownDocument(), true)
      requireEqual('the state written and read again', again, { state: store.export(), dropped: [] })
    } catch (error) {
      if (!(error instanceof StateFileError)) throw error
    }
  },
  words: [
    '"pets":[',
    '"users":[',
    '"domains":[',
    '"orders":[',
    '"counters":{"order":1,"domain":1}',
    '{"id":1,"name":"a","photoUrls":[]}',
    '{"username":"a"}',
    '{"id":"a"}',
    '{"id":"1"}',
    '9007199254740991',
    '"status":"sold"',
    ',',
    ']',
    '}',
    '""',
    ...INHERITED.map((name) => `"${name}":1`),
  ],
  seeds: [
    textOf(stores()),
    '{"pets":[{"id":1,"name":"a","photoUrls":[]}],"users":[{"username":"u"}],"domains":[{"id":"d"}],"orders":[{"id":"1"}],"counters":{"order":2,"domain":2}}',
  ],
  longest: 4096,
}

const load = createRequire(import.meta.url)
const KEY = 'planted-key-4711'

/** Holds an archive to the published schema of HAR 1.2. */
function createHarCheck(): (value: unknown) => void {
  const { default: NewAjv } = load('ajv') as { readonly default: new (options: Options) => Ajv }
  const ajv = new NewAjv({ strict: false }).addMetaSchema(load('ajv/lib/refs/json-schema-draft-06.json'))
  const { default: addFormats } = load('ajv-formats') as { readonly default: (ajv: Ajv) => void }
  addFormats(ajv)
  ajv.addSchema(Object.values(load('har-schema') as object))
  return (value) => {
    if (!ajv.validate('har.json#', value)) throw new Error(`no archive: ${ajv.errorsText()}`)
  }
}
let harCheck: ReturnType<typeof createHarCheck> | undefined

const SECRET = 'planted-secret-4711'

/** An archive as a browser writes it. */
const archiveOf = (method: string, path: string, type: string, sent: string, text: string) =>
  JSON.stringify({
    log: {
      entries: [
        {
          request: {
            method,
            url: `https://a.example/v2/${path}`,
            headers: [{ name: 'api_key', value: SECRET }],
            ...(sent && { postData: { mimeType: type, text: sent } }),
          },
          response: {
            status: 200,
            headers: [{ name: 'content-type', value: type }],
            content: { mimeType: type, text },
          },
        },
      ],
    },
  })

/** An HTTP archive of others. What is made of it must be a state file that the mock starts from, without the keys in it. */
export const har: Reader = {
  read: async (bytes) => {
    const imported = await importHar(jsonIn(bytes), ownDocument())
    if (imported === undefined || imported.used === 0) return
    const { secrets } = imported.recorder
    const how = { url: 'a.har', seed: 1, keep: [], redaction: REDACTION, secrets }
    const text = JSON.stringify(recordingOf(imported, how))
    if (isSentAsKey(bytes) && text.includes(SECRET)) throw new Error('a key was written')
    requirePlain((await parseState('state.json', Buffer.from(text), ownDocument(), false)).state)
  },
  words: [
    '"method":"GET"',
    '"method":"DELETE"',
    '"status":404',
    '"encoding":"base64"',
    '/pet/1',
    '/user/a',
    '/store/order/1',
    '/store/inventory',
    '/domain',
    'findByStatus?status=sold',
    'application/json',
    'application/xml',
    'application/x-www-form-urlencoded',
    '\\"id\\":2',
    '\\"status\\":\\"sold\\"',
    '[]',
    '{}',
    'null',
    ',',
    ...INHERITED.map((name) => `"${name}":1`),
  ],
  seeds: [
    archiveOf('GET', 'pet/1', 'application/json', '', '{"id":1,"name":"a","photoUrls":[]}'),
    archiveOf('GET', 'pet/findByStatus?status=sold', 'application/json', '', '[{"id":1,"name":"a","photoUrls":[]}]'),
    archiveOf('GET', 'pet/1', 'application/xml', '', '<Pet><id>1</id><name>a</name></Pet>'),
    archiveOf('POST', 'store/order', 'application/json', '{"name":"a.example"}', '{"id":"7","name":"a.example"}'),
    archiveOf('POST', 'user', 'application/json', '{"username":"a","password":"p"}', ''),
    archiveOf('PUT', 'domain', 'application/json', '{"id":1,"name":"b","photoUrls":[]}', ''),
    archiveOf('DELETE', 'user/a', 'application/json', '', ''),
  ],
  longest: 3000,
}

/** The key in its place, as the seeds have it. */
const isSentAsKey = (bytes: Buffer) => bytes.toString('latin1').split(SECRET).length === 2

function jsonIn(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}

/** A journal of one request, as all its exports write it. The first lines are the method, the target and the Content-Type. */
export const journal: Reader = {
  read: async (bytes) => {
    const mock = createMockOnce()
    const [method = '', path = '', type = '', ...rest] = bytes.toString('latin1').split('\n')
    const init = { method: METHODS.get(method) ?? 'POST', headers: { api_key: KEY, 'Content-Type': headerOf(type) } }
    const body = ['GET', 'HEAD'].includes(init.method) ? undefined : Buffer.from(rest.join('\n'), 'latin1')
    await mock.fetch(`http://a.example/v2/${encodeURI(path)}`, { ...init, ...(body && { body }) })
    const archive = mock.journal.har()
    harCheck ??= createHarCheck()
    harCheck(archive)
    requireEqual('the archive written and read again', JSON.parse(JSON.stringify(archive)), archive)
    const written = [
      JSON.stringify(archive),
      mock.journal.curl(),
      mock.journal.jest(),
      JSON.stringify(mock.journal.find()),
    ]
    mock.journal.clear()
    mock.reset()
    if (mock.defects.length > 0) throw new Error(mock.defects.at(-1))
    if (!bytes.includes(KEY) && written.some((text) => text.includes(KEY))) throw new Error('a key was exported')
  },
  words: [
    'GET',
    'POST',
    'PUT',
    'pet/1',
    'domain',
    'user',
    'user/login?username=a&password=',
    'pet/findByStatus?status=',
    '\n',
    'application/json',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=b',
    '{"password":"',
    '<password>',
    '$(',
    '`',
    "'",
    '"',
    '\\',
    '%',
    ...INHERITED,
  ],
  seeds: [
    'PUT\ndomain\napplication/json\n{"id":1,"name":"a","photoUrls":[]}',
    'PUT\ndomain\napplication/xml\n<Pet><id>1</id><name>a</name></Pet>',
    'POST\nuser\napplication/json\n{"username":"a","password":"p"}',
    'POST\npet/1\napplication/x-www-form-urlencoded\nname=a&status=sold',
    'GET\nuser/login?username=a&password=b\n\n',
    'POST\npet/1/uploadImage\nmultipart/form-data; boundary=b\n--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nx\r\n--b--',
  ],
  longest: 2000,
}

const METHODS = new Map(['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'].map((name) => [name, name]))
const headerOf = (text: string) => text.replaceAll(/[^\x20-\x7e]/g, '').trim()
let made: ReturnType<typeof createMock> | undefined
const createMockOnce = () => {
  made ??= createMock({ apiKeys: [KEY], document: pathOf('openapi.yaml') })
  return made
}
