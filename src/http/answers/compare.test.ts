import { expect, test } from '@jest/globals'
import { show, writeJson } from '../json-value.ts'
import { findConflict, findDifference, findKept, findLoss } from './compare.ts'

const [one, two] = [
  { id: 1, name: 'a', tags: [{ id: 9 }, { id: 3 }] },
  { id: 2, name: 'b', photoUrls: ['x', 'y'] },
]

test('a list of records is a set', () => {
  expect(findDifference([one, two], [two, one])).toBeUndefined()
  expect(findDifference([{ name: 'a' }, { name: 'b' }], [{ name: 'b' }, { name: 'a' }])).toBeUndefined()
  expect(findDifference([one, one], [one, two])).toBeDefined()
})

test('a list inside a record has an order', () => {
  expect(findDifference([two], [{ ...two, photoUrls: ['y', 'x'] }])).toMatchObject({ at: '/0/photoUrls/0' })
})

test('a loss is a part that is gone or changed; more is fine', () => {
  expect(findLoss({ a: 1 }, { a: 1, b: 2 })).toBeUndefined()
  expect(findLoss({ a: 1, tags: [] }, { a: 1 })).toBeUndefined()
  expect(findLoss({ a: { b: 1 } }, { a: {} })).toEqual({ at: '/a/b', expected: '1', actual: 'nothing' })
})

test('a part that only one view shows is no conflict', () => {
  expect(findConflict({ a: 1 }, { b: 2 })).toBeUndefined()
  expect(findConflict({ a: [1] }, { a: [2] })).toMatchObject({ at: '/a/0' })
})

test('integers beyond 2^53 are compared and written digit by digit', () => {
  expect(findDifference({ id: 2n ** 60n }, { id: 2n ** 60n })).toBeUndefined()
  expect(findDifference({ id: 2n ** 60n }, { id: 2n ** 60n + 1n })).toMatchObject({ expected: '1152921504606846976' })
  expect(writeJson({ tags: [{ id: 9007199254740993n }] })).toBe('{"tags":[{"id":9007199254740993}]}')
  expect(show(undefined)).toBe('nothing')
})

test('an id that stays is not kept, nor is a usual default', () => {
  const schema = { properties: { id: {}, name: {}, userStatus: {} } } as never
  expect(findKept({ id: 7, userStatus: 0 }, {}, { id: 7, userStatus: 0 }, schema)).toBeUndefined()
  expect(findKept({ name: 'a' }, {}, { name: 'a' }, schema)).toBe('name')
})
