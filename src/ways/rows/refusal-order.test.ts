import { expect, test } from '@jest/globals'
import { seenOf } from '../seen.test.support.ts'
import { refusalOrder } from './refusal-order.ts'

const pet = { operation: 'getPetById', expectation: 'unauthorised', about: 'a wrong key' }
const habitsIn = (...all: readonly object[]) =>
  refusalOrder.read(all.map((parts) => seenOf({ ...pet, ...parts }))).map(({ does }) => does)

test('a server that asks for the key, and refuses an invalid request without it, looks at the rest first', () => {
  expect(habitsIn({ status: 401 }, { status: 400 })).toEqual(['the key', 'the body'])
})

test('an operation that never asks for the key has no order', () => {
  expect(habitsIn({ status: 404 })).toEqual([])
})

test('a server that takes a wrong key has no order for it', () => {
  const taken = { operation: 'getInventory', status: 200 }
  expect(habitsIn({ status: 401, about: 'no key' }, { status: 404 }, taken)).toEqual(['the key'])
})
