import { expect, test } from '@jest/globals'
import { seenOf } from '../seen.test.support.ts'
import { repeatedKeys } from './repeated-keys.ts'

const PETS = [
  { id: 1, status: 'available' },
  { id: 2, status: 'pending' },
  { id: 3, status: 'sold' },
]
const list = (about: string, raw: unknown, status = 200) =>
  seenOf({ operation: 'findPetsByStatus', about, raw, status, query: 'status=available&status=pending&status=sold' })

const does = (raw: unknown, status?: number) =>
  repeatedKeys
    .read([list('listing all statuses', PETS), list('a repeated key', raw, status)])
    .map((habit) => habit.does)

test.each([
  ['all', PETS, 'takes all values of'],
  ['all, in a list that lags', PETS.slice(1), 'takes all values of'],
  ['the first', PETS.slice(0, 1), 'takes the first value of'],
  ['the last', PETS.slice(2), 'takes the last value of'],
  ['another', PETS.slice(1, 2), 'takes one value of'],
])('a server takes %s of the values', (_what, raw, habit) => {
  expect(does(raw)).toEqual([habit])
})

test.each([
  ['takes the last value of', { repeatedKeys: { counts: 'last' } }],
  ['takes the first value of', { repeatedKeys: { counts: 'first' } }],
  ['refuses with 400', { repeatedKeys: { status: 400 } }],
])('that a server %s a repeated key can be adopted', (live, profile) => {
  const change = { group: live, mock: 'takes all values of', live, places: ['query'], seen: [] }
  expect(repeatedKeys.adopt?.(change, Object({}))).toEqual(profile)
})
