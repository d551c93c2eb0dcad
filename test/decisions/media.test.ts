import { expect } from '@jest/globals'
import { loadDocument } from '../../src/openapi/load-document.ts'
import { pathOf } from '../../src/openapi/package-files.ts'
import { ask, NO_KEY, PET, type Rows, testRows, XML, XML_TYPE } from './rows.test.support.ts'

const READABLE = {
  'access-control-allow-origin': 'http://localhost:3000',
  'access-control-allow-credentials': 'true',
  vary: /Origin/,
}
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
      what: 'an origin is repeated, and may send cookies',
      send: 'GET /pet/1',
      headers: ORIGIN,
      status: 200,
      gives: { ...READABLE, vary: 'Accept, Origin' },
    },
    {
      what: 'a request that names no origin is allowed to all',
      send: 'GET /pet/1',
      status: 200,
      gives: { 'access-control-allow-origin': '*', 'access-control-allow-credentials': undefined, vary: 'Accept' },
    },
    {
      what: 'the login headers, Allow, Retry-After and WWW-Authenticate are exposed',
      send: 'GET /pet/1',
      status: 200,
      gives: {
        'access-control-expose-headers':
          /^(?=.*X-Rate-Limit)(?=.*X-Expires-After)(?=.*Allow)(?=.*Retry-After)(?=.*WWW-Authenticate)/,
      },
    },
    { what: 'a 404 is readable', send: 'GET /nothing', headers: ORIGIN, status: 404, gives: READABLE },
    { what: 'a 405 is readable', send: 'PATCH /pet/1', headers: ORIGIN, status: 405, gives: READABLE },
    { what: 'a 401 is readable', send: 'GET /pet/1', headers: { ...NO_KEY, ...ORIGIN }, status: 401, gives: READABLE },
    ...[
      ['a documented path', '/domain', 'PUT'],
      ['a documented path, with a method that it does not take', '/pet/1', 'PATCH'],
      ['an unknown path', '/pets/1', 'GET'],
      ['a secured path, without a key', '/pet/1', 'DELETE'],
    ].map(([place = '', path = '', method = '']) => ({
      what: `a preflight is allowed what it asks for: ${place}`,
      send: `OPTIONS ${path}`,
      headers: {
        ...NO_KEY,
        ...ORIGIN,
        'access-control-request-method': method,
        'access-control-request-headers': 'api_key,authorization,traceparent,x-of-our-own',
      },
      status: 204,
      text: '',
      gives: {
        ...READABLE,
        'access-control-allow-headers': 'api_key,authorization,traceparent,x-of-our-own',
        'access-control-allow-methods': new RegExp(`(^|, )${method}(,|$)`),
      },
    })),
    {
      what: 'a preflight of a page of a public address may reach this machine',
      send: 'OPTIONS /pet/1',
      headers: {
        ...ORIGIN,
        'access-control-request-method': 'GET',
        'access-control-request-private-network': 'true',
      },
      status: 204,
      gives: { 'access-control-allow-private-network': 'true' },
    },
    {
      what: 'OPTIONS of a page that is no preflight is a plain one',
      send: 'OPTIONS /nothing',
      headers: ORIGIN,
      status: 404,
      gives: READABLE,
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
