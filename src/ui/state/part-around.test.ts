import { expect, test } from '@jest/globals'
import { partAround } from './part-around.ts'

test('a part has the rows in view and a step on each side', () => {
  expect(partAround(0, 0)).toEqual({ offset: 0, limit: 200 })
  expect(partAround(0, 40)).toEqual({ offset: 0, limit: 200 })
  expect(partAround(99_950, 100_000)).toEqual({ offset: 99_800, limit: 400 })
})

test('a part is the same while rows move within a step', () => {
  expect(partAround(310, 350)).toEqual(partAround(340, 380))
})
