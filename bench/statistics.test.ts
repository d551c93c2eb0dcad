import { expect, test } from '@jest/globals'
import { pairedRatios, quantile, spreadOf } from './statistics.ts'

test('a quantile lies between its neighbours, whatever the order of the values', () => {
  expect(quantile([30, 10, 20], 0.5)).toBe(20)
  expect(quantile([10, 20], 0.5)).toBe(15)
  expect(quantile([4, 3, 2, 1], 0)).toBe(1)
  expect(quantile([4, 3, 2, 1], 1)).toBe(4)
  expect(quantile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0], 0.99)).toBeCloseTo(9.9)
})

test('values are compared as numbers, and the values that were given stay in their order', () => {
  const values = [9, 100, 20]
  expect(quantile(values, 1)).toBe(100)
  expect(values).toEqual([9, 100, 20])
})

test('no values have no quantile', () => {
  expect(quantile([], 0.5)).toBeNaN()
})

test('a spread is the median and the quartiles', () => {
  expect(spreadOf([1, 2, 3, 4, 5])).toEqual({ low: 2, median: 3, high: 4 })
})

test('ratios are taken round by round', () => {
  expect(pairedRatios([2, 30], [1, 10])).toEqual([2, 3])
  expect(() => pairedRatios([1, 2], [1])).toThrow('same rounds')
})
