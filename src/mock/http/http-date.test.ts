import { expect, test } from '@jest/globals'
import { createHttpDate } from './http-date.ts'

test('the Date header follows a clock that goes on, stands and goes back', () => {
  const dateOf = createHttpDate()
  for (const time of [0, 999, 1000, 1000, 5_000_000, 999, -1, -1000])
    expect(dateOf(time)).toBe(new Date(Math.floor(time / 1000) * 1000).toUTCString())
})
