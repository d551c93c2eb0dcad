import { expect, test } from '@jest/globals'
import { seenOf } from '../seen.test.support.ts'
import { listOrder } from './list-order.ts'

const listOf = (...ids: number[]) =>
  seenOf({ operation: 'findPetsByStatus', query: 'status=sold', raw: ids.map((id) => ({ id })) })
const habits = (...lists: ReturnType<typeof listOf>[]) => listOrder.read(lists).map(({ does }) => does)

test.each([
  ['by id', [listOf(1, 2, 3), listOf(1, 2, 3)], 'in the order of their ids'],
  ['newest first', [listOf(3, 2, 1), listOf(3, 2, 1)], 'newest first'],
  ['in another order each time', [listOf(1, 2, 3), listOf(2, 1, 3), listOf(3, 1, 2)], 'in no fixed order'],
  [
    'otherwise once, as after a write that is done later',
    [listOf(1, 2, 3), listOf(1, 3, 2), listOf(1, 3, 2), listOf(1, 3, 2)],
    'in the order of their ids',
  ],
])('lists that come %s are told apart', (_what, lists, habit) => {
  expect(habits(...lists)).toEqual([habit])
})
