import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { base64Of, bytesOf, bytesOfLatin1, latin1Of, strictTextOf, textOf } from './bytes.ts'

const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 50 }),
  fc.string({ unit: 'binary' }).map((text) => new TextEncoder().encode(text)),
)

test('bytes are read and written as Node does', () => {
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      const buffer = Buffer.from(bytes)
      const text = buffer.toString()
      expect(textOf(bytes)).toBe(text)
      expect(strictTextOf(bytes)).toBe(Buffer.from(text).equals(buffer) ? text : undefined)
      expect(latin1Of(bytes)).toBe(buffer.toString('latin1'))
      expect(Buffer.from(bytesOfLatin1(latin1Of(bytes)))).toEqual(buffer)
      expect(base64Of(bytes)).toBe(buffer.toString('base64'))
      expect(Buffer.from(bytesOf(text))).toEqual(Buffer.from(text))
    }),
  )
})

test('a byte order mark stays', () => {
  expect(textOf(new Uint8Array([0xef, 0xbb, 0xbf, 0x61]))).toBe('\uFEFFa')
})

test('latin1Of takes ten million bytes', () => {
  expect(latin1Of(new Uint8Array(10_000_000).fill(0xe9))).toHaveLength(10_000_000)
})
