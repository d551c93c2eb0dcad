import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import { HugeAnswer } from './answer.ts'
import { decodeBody } from './decode-body.ts'

const TEXT = Buffer.from('{"id":1}')
const SCHEMA = { pointer: '', required: [], properties: {} }

const decode = (bytes: Buffer, encoding?: string) =>
  decodeBody(
    { status: 200, headers: encoding === undefined ? {} : { 'content-encoding': encoding }, bytes },
    'application/json',
    SCHEMA,
    1000,
  )

test.each<[string | undefined, Buffer]>([
  [undefined, TEXT],
  ['identity', TEXT],
  ['gzip', gzipSync(TEXT)],
  ['X-GZip', gzipSync(TEXT)],
  ['deflate', deflateSync(TEXT)],
  ['br', brotliCompressSync(TEXT)],
  ['deflate, gzip', gzipSync(deflateSync(TEXT))],
])('a body in the coding %s is decoded', (encoding, bytes) => {
  expect(decode(bytes, encoding)).toEqual({ value: { id: 1 }, problems: [] })
})

test('bytes that are not in the coding that the header names are a problem', () => {
  expect(decode(TEXT, 'gzip')).toEqual({
    value: undefined,
    problems: [
      {
        check: 'content-encoding',
        at: '',
        expected: 'bytes in the encoding that the header names',
        actual: 'Content-Encoding: gzip, and bytes that are not',
      },
    ],
  })
})

test.each(['zstd', 'gzip, zstd', 'compress'])('the coding %s is a problem on every Node', (encoding) => {
  const { problems } = decode(TEXT, encoding)
  expect(problems).toEqual([
    {
      check: 'content-encoding',
      at: '',
      expected: 'one of identity, gzip, x-gzip, deflate, br',
      actual: encoding.split(', ').at(-1),
    },
  ])
})

test.each([
  ['gzip', gzipSync(Buffer.alloc(1001))],
  ['deflate', deflateSync(Buffer.alloc(1001))],
  ['br', brotliCompressSync(Buffer.alloc(1001))],
  ['gzip, gzip', gzipSync(gzipSync(Buffer.alloc(2_000_000)))],
  ['gzip, gzip, gzip, gzip, gzip', TEXT],
])('a body in %s that would decode to too much is refused', (encoding, bytes) => {
  expect(() => decode(bytes, encoding)).toThrow(HugeAnswer)
})

test('a body of more values than memory holds is refused', () => {
  expect(() => decode(Buffer.from(`[${'{},'.repeat(2_000_001)}{}]`))).toThrow('more than 4000000 values')
})
