import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import leven from 'leven'
import { nearest } from './nearest.ts'

test.each([
  ['solt', 'sold'],
  ['AVAILABEL', 'available'],
  ['x', undefined],
  ['s'.repeat(101), undefined],
])('%s means %s', (word, meant) => {
  expect(nearest(word, ['available', 'pending', 'sold'])).toBe(meant)
})

test('candidates that are passed over by their length are never near', () => {
  const word = fc.string({ maxLength: 12 })
  fc.assert(
    fc.property(word, fc.array(word, { maxLength: 8 }), (typed, candidates) => {
      const near = candidates.filter(
        (one) => leven(typed.toLowerCase(), one.toLowerCase()) <= Math.max(2, one.length / 3),
      )
      const found = nearest(typed, candidates)
      expect(found === undefined ? near : near.includes(found)).toEqual(found === undefined ? [] : true)
    }),
  )
})
