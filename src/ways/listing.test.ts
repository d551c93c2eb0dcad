import { expect, test } from '@jest/globals'
import { listingOf } from './listing.ts'

const pets = (...ids: readonly unknown[]) => ids.map((id) => ({ id, status: 'sold' }))

test('lists of the same ids have the same members, and the same order if they are in the same', () => {
  const [one, other] = [listingOf(pets(1, 2, 30)), listingOf(pets(30, 1, 2))]
  expect(one.members).toBe(other.members)
  expect(one.order).not.toBe(other.order)
  expect(listingOf(pets(12, 30)).members).not.toBe(listingOf(pets(1, 230)).members)
})

test('ids fall if they were counted up, and not if they are far apart', () => {
  expect(listingOf(pets(9, 8, 5)).isFalling).toBe(true)
  expect(listingOf(pets(900, 8, 5)).isFalling).toBe(false)
  expect(listingOf(pets(5, 8)).isFalling).toBe(false)
})

test('items without a number as id, and items that are no records, are read too', () => {
  expect(listingOf([null, 7, { id: { toString: 1 } }])).toMatchObject({ length: 3, hasIds: false })
})
