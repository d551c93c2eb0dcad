import { isDeepStrictEqual } from 'node:util'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { equalJson } from './equal-json.ts'

/** Small values, so that two are often equal. JSON has no -0 that differs from 0. */
const anyJson = fc
  .jsonValue({ maxDepth: 2, noUnicodeString: false })
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown)
const few = fc.oneof(
  fc.constantFrom(null, 0, 1, '', '0', false, {}, []),
  fc.array(fc.constantFrom(0, 1), { maxLength: 2 }),
  fc.dictionary(fc.constantFrom('a', 'b', 'constructor', 'valueOf', 'toString'), fc.constantFrom(0, 1, {}), {
    maxKeys: 2,
  }),
)

test('equalJson finds the same as Node', () => {
  fc.assert(
    fc.property(few, few, (one, other) => {
      const plain = JSON.parse(JSON.stringify([one, other])) as [unknown, unknown]
      expect(equalJson(...plain)).toBe(isDeepStrictEqual(...plain))
    }),
    { numRuns: 2_000 },
  )
})

test('a copy is equal', () => {
  fc.assert(fc.property(anyJson, (value) => equalJson(value, JSON.parse(JSON.stringify(value)))))
})

test.each([
  [{ a: undefined }, {}, false],
  [{ a: undefined }, { b: undefined }, false],
  [[], {}, false],
  [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
])('equalJson of %j and %j is %p', (one, other, expected) => {
  expect(equalJson(one, other)).toBe(expected)
})
