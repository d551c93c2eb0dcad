import { expect, test } from '@jest/globals'
import { heatMapOf, heatOf } from './heat-map.ts'

const cell = (operationId: string, name: string, count: number) => ({
  operationId,
  kind: 'status' as const,
  name,
  count,
})

test('the map has a row for each operation, and a column for each status', () => {
  const cells = [
    cell('b', '404', 0),
    cell('b', '200', 3),
    cell('a', '200', 0),
    { ...cell('c', 'c', 1), kind: 'operation' as const },
  ]
  expect(heatMapOf({ cells })).toEqual({
    statuses: ['200', '404'],
    rows: [
      { operationId: 'b', counts: [3, 0] },
      { operationId: 'a', counts: [0, undefined] },
      { operationId: 'c', counts: [undefined, undefined] },
    ],
    most: 3,
  })
})

test.each([
  [0, 10, 0],
  [1, 1, 4],
  [1, 1000, 1],
  [1000, 1000, 4],
])('a count of %i where the most is %i has heat %i', (count, most, heat) => {
  expect(heatOf(count, most)).toBe(heat)
})
