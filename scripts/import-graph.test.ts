import { expect, test } from '@jest/globals'
import { cyclesOf, depthOf } from './import-graph.ts'

test('files that import each other through others are one cycle', () => {
  const graph = new Map([
    ['a', ['b']],
    ['b', ['c', 'package']],
    ['c', ['a']],
    ['d', ['a']],
    ['e', ['e']],
  ])
  expect(cyclesOf(graph)).toEqual([['a', 'b', 'c'], ['e']])
})

test('the depth is the longest way of imports', () => {
  const graph = new Map([
    ['main', ['a', 'c']],
    ['a', ['b']],
    ['b', ['c']],
    ['c', []],
  ])
  expect(depthOf(graph)).toBe(4)
  expect(depthOf(new Map())).toBe(0)
})
