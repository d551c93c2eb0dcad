import { expect, test } from '@jest/globals'
import { windowOf } from './window-of.ts'

test.each([
  [100_000, 0],
  [100_000, 1_600_000],
  [100_000, 3_200_000],
  [100_000, 9_999_999],
  [3, 0],
  [0, 0],
])('of %i rows at %i pixels only some are drawn, and the height stays', (count, top) => {
  const { first, end, before, after } = windowOf(count, 32, top, 800)
  expect(end - first).toBeLessThanOrEqual(52)
  expect(before + after + Math.max(0, end - first) * 32).toBe(count * 32)
})
