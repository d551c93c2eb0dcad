import { expect, test } from '@jest/globals'
import { plainText } from './plain-text.ts'

test.each<[unknown, string]>([
  ['a', 'a'],
  [1.5, '1.5'],
  [2n ** 63n, '9223372036854775808'],
  [null, 'null'],
  [undefined, 'undefined'],
  [{ toString: 1, valueOf: 1 }, '{"toString":1,"valueOf":1}'],
  [[{ toString: null }, 2n], '[{"toString":null},"2"]'],
  [JSON.parse('{"__proto__":{"toString":1},"toJSON":1}'), '{"__proto__":{"toString":1},"toJSON":1}'],
])('a value has a text, whatever its members are named', (value, text) => {
  expect(plainText(value)).toBe(text)
})
