import { expect } from '@jest/globals'
import { loadDocument } from '../../src/openapi/load-document.ts'
import { pathOf } from '../../src/openapi/package-files.ts'
import { ask, PET, type Rows, testRows, XML, XML_TYPE } from './rows.test.support.ts'

const IS_JSON = { 'content-type': 'application/json', vary: 'Accept' }
const IS_XML = { 'content-type': 'application/xml', vary: 'Accept' }
const ORIGIN = { origin: 'http://localhost:3000' }
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'

const accepting = (accept: string) => ({ send: 'GET /pet/1', headers: { accept }, status: 200 })
const put = (body: string) => ({ send: 'PUT /domain', headers: XML_TYPE, body })
/** An XML body, and the pet that is stored then. */
const stores = (body: string, value: unknown) => ({
  ...put(body),
  status: 200,
  afterwards: [{ send: 'GET /pet/1', status: 200, value }],
})

const ROWS: Rows = {
  'Samples ask for XML and parse JSON': [
    { what: 'no Accept is JSON', send: 'GET /pet/1', status: 200, gives: IS_JSON },
    { what: '*/* is JSON', ...accepting('*/*'), gives: IS_JSON },
    { what: 'XML when preferred', ...accepting('application/json;q=0.5, application/xml'), gives: IS_XML },
    { what: 'q-values count', ...accepting('application/json;q=0.5, application/xml;q=0.4'), gives: IS_JSON },
  ],
  'Equal preference': [
    { what: 'is JSON', ...accepting('application/xml, application/json'), gives: IS_JSON },
    { what: 'application/* is JSON', ...accepting('application/*'), gives: IS_JSON },
    { what: 'text/xml is not documented', ...accepting('text/xml'), status: 406 },
    { what: 'an empty 200 ignores Accept', send: 'DELETE /pet/1', headers: { accept: 'text/html' }, status: 200 },
  ],
  "XML arrays have no root in the reference; login's string has no XML form": [
    {
      what: 'Pets',
      prove: async (mock) => {
        await ask(mock, {
          send: 'PUT /domain',
          body: { ...PET, name: 'A & B', photoUrls: ['u', 'v'], tags: [{ name: 't' }, { id: 2 }] },
        })
        const { text } = await ask(mock, { send: 'GET /pet/findByTags?tags=t', headers: XML })
        expect(text).toBe(
          `${DECLARATION}<Pets><Pet><id>1</id><name>A &amp; B</name><photoUrls>u</photoUrls><photoUrls>v</photoUrls>` +
            '<tags><name>t</name></tags><tags><id>2</id></tags></Pet></Pets>',
        )
      },
    },
    {
      what: 'no Pets',
      send: 'GET /pet/findByTags?tags=x',
      headers: XML,
      status: 200,
      text: `${DECLARATION}<Pets></Pets>`,
    },
    {
      what: 'string',
      send: 'GET /user/login?username=nobody&password=x',
      headers: XML,
      status: 200,
      text: /^<\?xml [^>]*\?><string>[0-9a-f]{40}<\/string>$/,
    },
  ],
  'XML request bodies (PUT /domain)': [
    {
      what: 'types, arrays and one-element arrays',
      ...stores(
        '<Pet><id>1</id><name>A &amp; B</name><photoUrls>u</photoUrls><tags><id>5</id><name>t</name></tags></Pet>',
        { id: 1, name: 'A & B', photoUrls: ['u'], tags: [{ id: 5, name: 't' }] },
      ),
    },
    {
      what: 'validated like JSON',
      ...put('<Pet><id>1</id><name>a</name><status>solt</status></Pet>'),
      status: 405,
      value: expect.objectContaining({
        errors: [expect.objectContaining({ pointer: '/body/status', received: 'solt', suggestion: 'sold' })],
      }),
    },
    { what: 'no entities', ...put('<Pet><id>1</id><name>&x;</name></Pet>'), status: 405 },
  ],
  'In XML an absent repeated element of a required array means an empty array': [
    { what: 'absent', ...stores('<Pet><id>1</id><name>a</name></Pet>', { id: 1, name: 'a', photoUrls: [] }) },
    {
      what: 'what the mock sends it also takes',
      prove: async (mock) => {
        const rich = mock.store.pets.get(1)
        for (const pet of [rich, PET]) {
          await ask(mock, { send: 'PUT /domain', body: pet })
          const { text } = await ask(mock, { send: 'GET /pet/1', headers: XML })
          await ask(mock, { send: 'PUT /domain', body: { ...PET, name: 'another' } })
          expect((await ask(mock, put(text))).status).toBe(200)
          expect(mock.store.pets.get(1)).toEqual(pet)
        }
      },
    },
    ...[
      '<!DOCTYPE Pet>',
      '<!DOCTYPE Pet SYSTEM "http://localhost/x.dtd">',
      '<!DOCTYPE Pet [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
    ].map((doctype) => ({
      what: `${doctype} is refused`,
      ...put(`${doctype}<Pet><id>1</id><name>a</name></Pet>`),
      status: 405,
    })),
    {
      what: 'CDATA and comments are fine',
      ...stores('<Pet><!-- x --><id>1</id><name><![CDATA[<a>]]>b</name></Pet>', { id: 1, name: '<a>b', photoUrls: [] }),
    },
    {
      what: 'characters that XML cannot carry are replaced',
      before: [{ send: 'PUT /domain', body: { ...PET, name: 'a\u0000b\uFFFFc' } }],
      send: 'GET /pet/1',
      headers: XML,
      status: 200,
      text: /<name>a\uFFFDb\uFFFDc<\/name>/,
    },
  ],
  CORS: [
    {
      what: 'on answers',
      send: 'GET /pet/1',
      headers: ORIGIN,
      status: 200,
      gives: { 'access-control-allow-origin': '*', 'access-control-expose-headers': /X-Rate-Limit.*X-Expires-After/ },
    },
    {
      what: 'on refusals',
      send: 'GET /nothing',
      headers: ORIGIN,
      status: 404,
      gives: { 'access-control-allow-origin': '*' },
    },
    {
      what: 'on preflights',
      send: 'OPTIONS /domain',
      headers: { ...ORIGIN, 'access-control-request-method': 'PUT' },
      status: 204,
      gives: {
        'access-control-allow-origin': '*',
        'access-control-allow-headers': /api_key.*Content-Type/,
        'access-control-allow-methods': /PUT/,
      },
    },
  ],
  'Inbox is in Schemas, unused; UserArray is referenced, not listed': [
    {
      what: 'kept as published',
      prove: () => {
        const { schemas, json } = loadDocument(pathOf('openapi.yaml'))
        expect(Object.keys(schemas.Inbox?.properties ?? {})).toEqual(['id', 'name'])
        expect(json).toHaveProperty('components.requestBodies.UserArray')
        expect(schemas).not.toHaveProperty('UserArray')
      },
    },
  ],
}

testRows(ROWS)
