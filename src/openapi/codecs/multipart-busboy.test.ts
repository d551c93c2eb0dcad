import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { loadDocument } from '../load-document.ts'
import { pathOf } from '../package-files.ts'
import type { Schema } from '../schema.ts'
import { readByBusboy } from './busboy.test.support.ts'
import type { Decoded } from './decoded.ts'
import { readMultipart } from './read-multipart.ts'

const upload = loadDocument(pathOf('openapi.yaml')).operations.find(({ id }) => id === 'uploadFile')
const schema = upload?.requestBody?.content['multipart/form-data'] as Schema

const some = fc.constantFrom
const name = some('name="file"', 'name="additionalMetadata"', 'name=x', 'name=""', 'NAME=file', 'name = x', '')
const filename = some(
  ...['', '; filename="a"', '; filename=a.png', '; filename=""', '; filename=".."', '; filename="c:\\d\\e"'],
  ...['; filename="\\"q\\""', '; filename="a\\\\b"', '; filename="ü"', '; filename="un', ';filename=a ;x=y', ';'],
  ...["; filename*=UTF-8''%C3%BC", "; filename*=latin1'en'%FC", "; filename*=UTF-16LE''a%00%00%D8", '; filename*=x'],
  ...["; filename*=utf-8''a; filename=b", "; filename*=nope''a", "; filename*=''a"],
  ...["; filename*=koi8-r''%C1", "; filename*=UTF-8''%EF%BB%BFa", "; filename*=utf-8''%zz", '; filename="a\tb"'],
)
const type = some(
  ...['', '\r\nContent-Type: text/plain', '\r\nContent-Type: image/png', '\r\ncontent-type:application/octet-stream'],
  ...['latin1', 'UTF-16LE', 'nope', 'windows-1252', 'ascii', '"utf-8"', 'koi8-r', 'utf-16be'].map(
    (charset) => `\r\nContent-Type: text/plain; charset=${charset}`,
  ),
  ...['\r\nX-More: 1\r\n folded', '\r\nContent-Type: nonsense', '\r\nContent-Type: a/b;', '\r\nnonsense', '\r\n: x'],
  ...['\r\nContent-Type:', '\r\nX:\u0001', '\r\nX-Long: '.padEnd(17_000, 'x')],
)
const content = fc.oneof(
  some('', 'x', 'a\r\nb', 'ü', '\uFFFD', '--b', '\r\n--', '\r\n--bc', '\uFEFFa', 'a\0b\0', 'x'.repeat(1024 * 1024 + 1)),
  fc.string({ unit: 'binary', maxLength: 8 }),
)
const bytes = fc.oneof(
  content.map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 8 }).map((raw) => Buffer.from(raw)),
)
const part = fc
  .tuple(some('form-data', 'form-data', 'FORM-DATA', 'attachment'), name, filename, type, bytes)
  .map(([kind, ...[named, file, typed, body]]) =>
    Buffer.concat([
      Buffer.from(`--b\r\nContent-Disposition: ${kind}; ${named}${file}${typed}\r\n\r\n`),
      body,
      Buffer.from('\r\n'),
    ]),
  )
const line = some(
  '--b--',
  '--b--\r\n',
  '--b--\r\n--b\r\n',
  '',
  '--b\r\n',
  '--b',
  '\r\n',
  'preamble\r\n',
  '--b-',
  '--b\r\nX: y',
  '--b\r\n\r\n',
).map((text) => Buffer.from(text))
const sections = fc.array(fc.oneof({ weight: 3, arbitrary: part }, line), { maxLength: 5 })
const cut = fc.option(fc.integer({ min: 0, max: 200 }), { freq: 4 })
const bodies = fc.tuple(sections, some('--b--', '--b--', ''), cut).map(([all, end, at]) => {
  const body = Buffer.concat([...all, Buffer.from(end)])
  return at === null ? body : body.subarray(0, at)
})

/** Where a body is malformed in more than one place, either may be named. */
const withoutReason = ({ value, faults }: Decoded): Decoded => ({
  value,
  faults: faults.map((fault) => ({ ...fault, expected: fault.expected.replace(/^(well-formed \S+) \(.*\)$/, '$1') })),
})

test('a multipart body is decoded as busboy decodes it, refusals included', async () => {
  const contentType = 'multipart/form-data; boundary=b'
  await fc.assert(
    fc.asyncProperty(bodies, async (body) => {
      const decoded = readMultipart(body, contentType, schema)
      expect(withoutReason(decoded)).toEqual(withoutReason(await readByBusboy(body, contentType, schema)))
    }),
    { numRuns: 500 },
  )
})
