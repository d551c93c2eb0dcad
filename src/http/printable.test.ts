import { expect, test } from '@jest/globals'
import { jsonLine, printable } from './printable.ts'

test.each([
  ['plain /path?a=%20', 'plain /path?a=%20'],
  ['Zoë 東京 🐶', 'Zoë 東京 🐶'],
  ['\u001b[31mred', '\\u{1b}[31mred'],
  ['\u009b31m', '\\u{9b}31m'],
  ['a\r\nb\tc\u007f', 'a\\u{d}\\u{a}b\\u{9}c\\u{7f}'],
  ['a\u2028b\u2029c', 'a\\u{2028}b\\u{2029}c'],
  ['\u202eevil\u200b', '\\u{202e}evil\\u{200b}'],
  ['\ud800', '\\u{d800}'],
  ['\u{e0041}', '\\u{e0041}'],
])('printable of %j is %s', (text, shown) => {
  expect(printable(text)).toBe(shown)
})

test('printable cuts what is too long', () => {
  expect(printable('abcdef', 3)).toBe('abc…')
  expect(printable('abc', 3)).toBe('abc')
})

test('jsonLine is one line without anything a terminal obeys, and keeps the value', () => {
  const value = { text: '\u001b[31m \u009b \n \u2028 \u202e \u007f \u{e0041} 🐶 "quoted"' }
  const line = jsonLine(value)
  expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
  expect(JSON.parse(line)).toEqual(value)
})
