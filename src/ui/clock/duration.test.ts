import { expect, test } from '@jest/globals'
import { advanceBody } from './duration.ts'

test.each([
  ['1500', 1500],
  ['90s', 90_000],
  [' -2 h', -7_200_000],
  ['1d', 86_400_000],
  ['soon', 'soon'],
  ['', ''],
  ['1.5h', '1.5h'],
])('%j is %j', (text, body) => {
  expect(advanceBody(text)).toBe(body)
})
