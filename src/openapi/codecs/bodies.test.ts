import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { loadDocument } from '../load-document.ts'
import type { OperationId } from '../operation.ts'
import { pathOf } from '../package-files.ts'
import type { Schema } from '../schema.ts'
import { project } from './project.ts'
import { readForm } from './read-form.ts'
import { readJson } from './read-json.ts'
import { readMultipart } from './read-multipart.ts'

const { operations, schemas } = loadDocument(pathOf('openapi.yaml'))

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
    const jsonish = fc.array(
      fc.oneof(fc.constantFrom(...'{}[],:"\\', '1e9', '9'.repeat(17), '"a"', 'null'), fc.string()),
    )
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      jsonish.map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(texts, (text) => {
        const { value, faults } = readJson(text)
        expect(value === undefined).toBe(faults.some(({ expected }) => expected.includes('JSON')))
      }),
    )
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
    ['{"a":1}}', 'well-formed JSON (it breaks in line 1, column 8)'],
    ['{a:1}', 'well-formed JSON (it breaks in line 1, column 2)'],
    ['{\n  "a": [1,x]\n}', 'well-formed JSON (it breaks in line 2, column 11)'],
    ['{"a": at position 99', 'well-formed JSON (it breaks in line 1, column 7)'],
    ['{"a":1', 'well-formed JSON (it ends too early)'],
    ['{"a":1,}', 'well-formed JSON (it breaks in line 1, column 8)'],
  ])('%s is malformed', (text, expected) => {
    expect(readJson(text).faults).toEqual([{ pointer: '', expected: expect.stringContaining(expected) }])
  })

  const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)
  test.each([
    ['65 levels', nested(65)],
    ['a million levels that never end', '['.repeat(1e6)],
    ['a hundred thousand levels that a later name replaces', `{"a":${nested(1e5)},"a":1e1}`],
  ])('%s are too many', (_what, text) => {
    expect(readJson(text)).toEqual({
      value: undefined,
      faults: [{ pointer: '', expected: 'JSON of at most 64 levels' }],
    })
  })

  test('64 levels are fine', () => {
    expect(readJson(nested(64)).faults).toEqual([])
  })

  test.each([
    ['{"a":1,"a":1234567890123456}', { a: 1234567890123456 }],
    ['{"a":9007199254740993,"a":1}', { a: 1 }],
    ['{"a":"1e5","a":2}', { a: 2 }],
  ])('%s: the last of a name counts', (text, value) => {
    expect(readJson(text)).toEqual({ value, faults: [] })
  })

  test('the last field of a name is validated', () => {
    expect(readJson('{"a":1,"a":9007199254740993}').faults).toEqual([expect.objectContaining({ pointer: '/a' })])
  })

  test('__proto__ is a name like any other', () => {
    const { value, faults } = readJson('{"__proto__":{"polluted":9007199254740993}}')
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect(faults).toEqual([expect.objectContaining({ pointer: '/__proto__/polluted' })])
    expect({}).not.toHaveProperty('polluted')
  })

  test('a byte-order mark is ignored (RFC 8259, section 8.1)', () => {
    expect(readJson('\uFEFF{"a":1}')).toEqual({ value: { a: 1 }, faults: [] })
  })
})

describe('readForm', () => {
  const schema = bodyOf('updatePetWithForm', 'application/x-www-form-urlencoded')
  test.each([
    ['name=a+b&status=sold', { name: 'a b', status: 'sold' }, undefined],
    ['name=%C3%A9&other=1', { name: 'é' }, ['/other']],
    ['', {}, undefined],
    ['?name=a', {}, ['/?name']],
    ['name', { name: '' }, undefined],
    ['__proto__=x&name=a', { name: 'a' }, ['/__proto__']],
  ])('%s', (text, value, ignored) => expect(readForm(text, schema)).toEqual({ value, faults: [], ignored }))

  test('a field that comes twice is a fault, and so is broken percent-encoding', () => {
    expect(readForm('name=a&name=b', schema).faults).toEqual([
      { pointer: '/name', expected: 'one value', received: ['a', 'b'] },
    ])
    for (const broken of ['name=%zz', 'name=%', 'name=%FF', 'name=%C3'])
      expect(readForm(broken, schema).faults).toEqual([{ pointer: '', expected: 'valid percent-encoding in UTF-8' }])
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
      files: new Map([['file', new TextEncoder().encode('bytes')]]),
    })
  })

  test.each([
    ['text in place of a file', `${part('file', 'x')}--b--\r\n`, '/file'],
    ['a file in place of text', `${part('additionalMetadata', 'x', '; filename="a"')}--b--\r\n`, '/additionalMetadata'],
    ['two files', `${part('file', 'x', '; filename="a"')}${part('file', 'y', '; filename="b"')}--b--\r\n`, '/file'],
    ['a file without a name', `${part('file', 'x', '\r\nContent-Type: application/octet-stream')}--b--\r\n`, '/file'],
    ['a file whose name is a directory', `${part('file', 'x', '; filename=".."')}--b--\r\n`, '/file'],
    ['text that comes twice', `${part('additionalMetadata', 'x').repeat(2)}--b--\r\n`, '/additionalMetadata'],
    [
      'text of more than 1 MiB',
      `${part('additionalMetadata', 'x'.repeat(1024 * 1024 + 1))}--b--\r\n`,
      '/additionalMetadata',
    ],
    [
      'text in an unknown charset',
      `${part('additionalMetadata', 'x', '\r\nContent-Type: text/plain; charset=nope')}--b--\r\n`,
      '/additionalMetadata',
    ],
    ['more than 100 parts', `${part('x', '1').repeat(101)}--b--\r\n`, ''],
    ['a malformed header', '--b\r\nnonsense\r\n\r\nx\r\n--b--\r\n', ''],
    ['a line that begins as the boundary does', `${part('additionalMetadata', 'a\r\n--bc\r\nd')}--b--\r\n`, ''],
    ['a part without a name', '--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n', ''],
    ['a part that is an attachment', '--b\r\nContent-Disposition: attachment; name="x"\r\n\r\nx\r\n--b--\r\n', ''],
    [
      'a file name with half of a character',
      `${part('file', 'x', "; filename*=UTF-16LE''%00%D8a%00")}--b--\r\n`,
      '/file',
    ],
    ['a file name that is no percent-encoding', `${part('file', 'x', "; filename*=UTF-8''%zz")}--b--\r\n`, ''],
    ['a body cut off in a header', '--b\r\nContent-Disp', ''],
    ['a truncated body', part('file', 'x', '; filename="a"'), ''],
    ['an empty body', '', ''],
  ])('%s is a fault', async (_what, body, pointer) => {
    expect((await read(body)).faults).toEqual([expect.objectContaining({ pointer })])
  })

  test.each([
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'multipart/form-data; boundary=""',
    'multipart/form-data; boundary="b "',
    'nonsense',
    '',
  ])('a Content-Type of "%s" has no boundary, which is a fault', async (type) => {
    expect(await read('----\r\n', type)).toEqual({
      value: undefined,
      faults: [expect.objectContaining({ pointer: '' })],
    })
  })

  test.each([
    ['a file name loses its directories', part('file', 'x', '; filename="..\\\\a/ü.png"'), 'ü.png'],
    ['an extended file name counts', part('file', 'x', "; filename*=UTF-8''..%2F%C3%BC.png"), 'ü.png'],
  ])('%s', async (_what, body, filename) => {
    expect((await read(`${body}--b--\r\n`)).value).toEqual({ file: expect.objectContaining({ filename, size: 1 }) })
  })

  test.each([
    ['a file that never ends', `${part('x', 'y')}${part('file', 'x', '; filename="a"')}`],
    ['a whole form', `${part('x', 'y')}${part('additionalMetadata', 'y')}--b--\r\n`],
    ['text', 'any text'],
  ])('%s after the closing delimiter is left out', async (_what, epilogue) => {
    const value = { additionalMetadata: 'x' }
    expect(await read(`${part('additionalMetadata', 'x')}--b--\r\n${epilogue}`)).toEqual({ value, faults: [] })
    expect(await read(`--b--\r\n${epilogue}`)).toEqual({ value: {}, faults: [] })
  })

  test.each(['boundary=b', 'boundary="b"', 'charset=utf-8; Boundary=b;x=y'])('%s is a boundary', async (parameter) => {
    expect(await read('--b--', `multipart/form-data; ${parameter}`)).toEqual({ value: {}, faults: [] })
  })

  test.each([
    [70, 0],
    [71, 1],
  ])('a boundary of %d characters gives %d faults (RFC 2046, section 5.1.1)', async (length, faults) => {
    const boundary = 'b'.repeat(length)
    const decoded = await read(`--${boundary}--\r\n`, `multipart/form-data; boundary=${boundary}`)
    expect(decoded.faults).toHaveLength(faults)
  })

  test('bytes that are no UTF-8 are a fault, and U+FFFD is not', async () => {
    const body = `${part('additionalMetadata', '\u00e9\uFFFD')}--b--\r\n`
    const type = 'multipart/form-data; boundary=b'
    expect((await readMultipart(Buffer.from(body), type, schema)).faults).toEqual([])
    const latin1 = Buffer.from(body.replace('\uFFFD', ''), 'latin1')
    expect((await readMultipart(latin1, type, schema)).faults).toEqual([
      { pointer: '/additionalMetadata', expected: 'valid UTF-8, or text in the charset it names' },
    ])
  })

  test('1 MiB of text is fine', async () => {
    const text = 'x'.repeat(1024 * 1024)
    expect((await read(`${part('additionalMetadata', text)}--b--\r\n`)).faults).toEqual([])
  })

  test('100 parts that no schema knows are left out', async () => {
    expect(await read(`${part('x', '1').repeat(100)}--b--\r\n`)).toEqual({
      value: {},
      faults: [],
      ignored: ['/x'],
    })
  })

  test('it throws at nothing', async () => {
    const fragments = fc.constantFrom(
      '--b',
      '--',
      '\r\n',
      '\r\n\r\n',
      part('file', 'x', '; filename="a"'),
      part('x', 'y'),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(fragments, fc.string({ unit: 'binary' }))), async (texts) =>
        expect(await read(texts.join(''))).toHaveProperty('faults'),
      ),
    )
  })
})

test('project keeps what the document knows', () => {
  const pet = { id: 1, name: 'a', photoUrls: [], tags: [{ id: 1, x: 1 }], y: 1, __proto__: { z: 1 } }
  expect(project(pet, schemas.Pet as Schema)).toEqual({ id: 1, name: 'a', photoUrls: [], tags: [{ id: 1 }] })
})
