import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { loadDocument } from '../spec/document.ts'
import type { OperationId } from '../spec/operation.ts'
import type { Schema } from '../spec/schema.ts'
import { readForm } from './form-read.ts'
import { readJson } from './json-read.ts'
import { readMultipart } from './multipart-read.ts'
import { project } from './project.ts'

const { operations, schemas } = loadDocument(fileURLToPath(new URL('../../../openapi.yaml', import.meta.url)))

function bodyOf(id: OperationId, mediaType: string): Schema {
  const schema = operations.find((operation) => operation.id === id)?.requestBody?.content[mediaType]
  if (!schema) throw new Error(id)
  return schema
}

describe('readJson', () => {
  test('any JSON value survives', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4, noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value)
        const { value: read, faults } = readJson(text)
        expect(JSON.stringify(read)).toBe(text)
        expect(faults.every(({ received }) => Math.abs(Number(received)) > Number.MAX_SAFE_INTEGER)).toBe(true)
      }),
    )
  })

  test('it throws at nothing', () => {
    fc.assert(fc.property(fc.string(), (text) => expect(readJson(text)).toHaveProperty('faults')))
  })

  test.each([
    ['9007199254740993', ''],
    ['{"a":[1,9007199254740992]}', '/a/1'],
    ['{"a/b":-9007199254740993}', '/a~1b'],
    ['{"a":1e400}', '/a'],
    ['{"a":1e20}', '/a'],
  ])('%s has a number that would be rounded', (text, pointer) => {
    expect(readJson(text).faults).toEqual([expect.objectContaining({ pointer })])
  })

  test.each(['9007199254740991', '1.5', '0.1234567890123456789', '"9007199254740993"', '{"a":"1e400"}'])(
    '%s is fine',
    (text) => {
      expect(readJson(text)).toEqual({ value: JSON.parse(text), faults: [] })
    },
  )

  test.each([
    ['', 'not an empty body'],
    ['{"a":', 'well-formed JSON'],
    ['{"a":1}}', 'well-formed JSON (it breaks at position 7'],
    ['{a:1}', 'well-formed JSON'],
    ['['.repeat(100) + ']'.repeat(100), 'at most 64 levels'],
  ])('%s is malformed', (text, expected) => {
    expect(readJson(text).faults).toEqual([{ pointer: '', expected: expect.stringContaining(expected) }])
  })

  test('a byte-order mark is ignored (RFC 8259, section 8.1)', () => {
    expect(readJson('\uFEFF{"a":1}')).toEqual({ value: { a: 1 }, faults: [] })
  })
})

describe('readForm', () => {
  const schema = bodyOf('updatePetWithForm', 'application/x-www-form-urlencoded')
  test.each([
    ['name=a+b&status=sold', { name: 'a b', status: 'sold' }],
    ['name=%C3%A9&other=1', { name: 'é' }],
    ['', {}],
  ])('%s', (text, value) => expect(readForm(text, schema)).toEqual({ value, faults: [] }))

  test('a field that comes twice is a fault, and so is broken percent-encoding', () => {
    expect(readForm('name=a&name=b', schema).faults).toEqual([
      { pointer: '/name', expected: 'one value', received: ['a', 'b'] },
    ])
    expect(readForm('name=%zz', schema).faults).toEqual([{ pointer: '', expected: 'valid percent-encoding' }])
  })
})

describe('readMultipart', () => {
  const schema = bodyOf('uploadFile', 'multipart/form-data')
  const read = (body: string, type = 'multipart/form-data; boundary=b') =>
    readMultipart(Buffer.from(body), type, schema)
  const part = (name: string, content: string, file = '') =>
    `--b\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${content}\r\n`

  test('a file is its name, type and size', async () => {
    const body = `${part('additionalMetadata', 'x')}${part('file', 'bytes', '; filename="ü.png"')}--b--\r\n`
    expect(await read(body)).toEqual({
      value: { additionalMetadata: 'x', file: { filename: 'ü.png', mediaType: expect.any(String), size: 5 } },
      faults: [],
    })
  })

  test.each([
    ['text in place of a file', `${part('file', 'x')}--b--\r\n`, '/file'],
    ['a file in place of text', `${part('additionalMetadata', 'x', '; filename="a"')}--b--\r\n`, '/additionalMetadata'],
    ['two files', `${part('file', 'x', '; filename="a"')}${part('file', 'y', '; filename="b"')}--b--\r\n`, '/file'],
    ['a truncated body', part('file', 'x', '; filename="a"'), ''],
    ['an empty body', '', ''],
  ])('%s is a fault', async (_what, body, pointer) => {
    expect((await read(body)).faults).toEqual([expect.objectContaining({ pointer })])
  })

  test('a missing boundary is a fault', async () => {
    expect((await read('--b--', 'multipart/form-data')).faults).toHaveLength(1)
  })

  test('it throws at nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => expect(await read(`--b${text}`)).toHaveProperty('faults')),
    )
  })
})

test('project keeps what the document knows', () => {
  const pet = { id: 1, name: 'a', photoUrls: [], tags: [{ id: 1, x: 1 }], y: 1, __proto__: { z: 1 } }
  expect(project(pet, schemas.Pet as Schema)).toEqual({ id: 1, name: 'a', photoUrls: [], tags: [{ id: 1 }] })
})
