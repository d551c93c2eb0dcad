import { expect, test } from '@jest/globals'
import { seenOf } from '../seen.test.support.ts'
import { retryAfter } from './retry-after.ts'

const HEADERS = { 'retry-after': '3' }

test('Retry-After is seen by status, and not where it is waited out', () => {
  const seen = [seenOf({ status: 202, headers: HEADERS }), seenOf({}), seenOf({ status: 503, headers: HEADERS })]
  expect(retryAfter.read(seen).map(({ place, does }) => [place, does])).toEqual([
    ['202', 'with'],
    ['200', 'without'],
  ])
})

test('Retry-After is said in one sentence', () => {
  const change = { group: 'with', mock: 'without', live: 'with', places: ['202', '409'], seen: [] }
  expect(retryAfter.say(change, 'staging')).toBe('staging answers 202 and 409 with Retry-After, the mock without it')
})
