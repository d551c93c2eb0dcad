import { expect, test } from '@jest/globals'
import { show, showBoth } from './json-value.ts'

test('short values are shown whole', () => {
  expect(showBoth({ a: [1] }, undefined)).toEqual(['{"a":[1]}', 'nothing'])
  expect(show(2n ** 60n)).toBe('1152921504606846976')
})

test('two long values are shown from where they begin to differ', () => {
  const [one, other] = showBoth(`${'a'.repeat(300)}b`, `${'a'.repeat(300)}c`)
  expect([one, other]).toEqual([`…${'a'.repeat(20)}b"`, `…${'a'.repeat(20)}c"`])
  expect(showBoth([...Array(100).keys()], [...Array(99).keys()])[1]).toMatch(/^….*,98\]$/)
})

test('two long values that differ early are shown from their beginning', () => {
  const [one, other] = showBoth(`b${'a'.repeat(300)}`, 'c')
  expect(one).toMatch(/^"ba{118}…$/)
  expect(other).toBe('"c"')
})
