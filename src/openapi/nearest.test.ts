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

test.each([
  ['cors', 'port', undefined],
  ['prot', 'port', 'port'],
  ['prots', 'port', undefined],
  ['pot', 'port', 'port'],
  ['seeed', 'seed', 'seed'],
  ['ad', 'a', 'a'],
])('%s of a short %s means %s', (word, candidate, meant) => {
  expect(nearest(word, [candidate])).toBe(meant)
})

/** A letter of a short word, a third of a longer one, or two neighbours that changed places. */
const isNear = (typed: string, candidate: string) =>
  leven(typed, candidate) <= Math.max(1, Math.floor(candidate.length / 3)) ||
  [...typed.slice(1)].some((letter, at) => typed.slice(0, at) + letter + typed[at] + typed.slice(at + 2) === candidate)

test('candidates that are passed over by their length are never near', () => {
  const word = fc.string({ maxLength: 12 })
  fc.assert(
    fc.property(word, fc.array(word, { maxLength: 8 }), (typed, candidates) => {
      const near = candidates.filter((one) => isNear(typed.toLowerCase(), one.toLowerCase()))
      const found = nearest(typed, candidates)
      expect(found === undefined ? near : near.includes(found)).toEqual(found === undefined ? [] : true)
    }),
  )
})
