import { deflateSync, gzipSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import { loadDocument } from '../openapi/load-document.ts'
import { pathOf } from '../openapi/package-files.ts'
import { createCleanupLog } from './cleanup-log.ts'

const { operations } = loadDocument(pathOf('openapi.yaml'))
const createUser = operations.find(({ id }) => id === 'createUser')
const JSON_TEXT = '{"username":"ct-ada"}'

/** The same user in each spelling that some server may read. */
const BODIES: Readonly<Record<string, [Buffer, Record<string, string>?]>> = {
  JSON: [Buffer.from(JSON_TEXT)],
  'JSON in gzip': [gzipSync(JSON_TEXT), { 'content-encoding': 'gzip' }],
  'JSON in two codings': [gzipSync(deflateSync(JSON_TEXT)), { 'Content-Encoding': 'deflate, gzip' }],
  'JSON that is called gzip': [Buffer.from(JSON_TEXT), { 'Content-Encoding': 'gzip' }],
  'JSON with a byte-order mark': [Buffer.from(`\ufeff${JSON_TEXT}`)],
  'JSON in UTF-16': [Buffer.from(JSON_TEXT, 'utf16le')],
  'JSON in UTF-16 with a mark': [Buffer.from(`\ufeff${JSON_TEXT}`, 'utf16le')],
  'JSON in UTF-16 of the other order': [Buffer.from(JSON_TEXT, 'utf16le').swap16()],
  'JSON with a comma at the end': [Buffer.from('{"username":"ct-ada",}')],
  'two JSON texts': [Buffer.from(`${JSON_TEXT}\n${JSON_TEXT}`)],
  'quotes of JavaScript': [Buffer.from("{'username': 'ct-ada'}")],
  'a form': [Buffer.from('username=ct-ada&phone=1')],
  XML: [Buffer.from('<User><username>ct-ada</username></User>')],
}

test.each(Object.entries(BODIES))('a user that is sent as %s is on the list to remove', (_name, [body, headers]) => {
  const log = createCleanupLog(() => {})
  if (createUser) log.before(createUser, { method: 'POST', path: '/user', headers: headers ?? {}, body })
  expect(log.toRemove()).toEqual(['/user/ct-ada'])
})

test('each of two names in one body is on the list to remove', () => {
  const log = createCleanupLog(() => {})
  const body = Buffer.from('{"username":"ct-one","username":"ct-two"}')
  if (createUser) log.before(createUser, { method: 'POST', path: '/user', headers: {}, body })
  expect([...log.toRemove()].sort()).toEqual(['/user/ct-one', '/user/ct-two'])
})
