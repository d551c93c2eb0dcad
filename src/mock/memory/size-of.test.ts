import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from '@jest/globals'
import { sizeOf } from './size-of.ts'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

/** Bytes of the heap that a value takes: the median of some looks, as other things come and go between them. */
function measured(make: () => unknown): number {
  const looks = Array.from({ length: 5 }, () => look(make)).sort((a, b) => a - b)
  return looks[2] ?? 0
}

/** Node is told to clean up before. */
function look(make: () => unknown): number {
  collect()
  const before = process.memoryUsage().heapUsed
  const value = make()
  collect()
  const after = process.memoryUsage().heapUsed
  return value === undefined ? 0 : after - before
}

const MANY = 100_000

const VALUES: readonly (readonly [string, () => unknown])[] = [
  ['empty objects', () => JSON.parse(`[${'{},'.repeat(MANY)}{}]`)],
  ['empty lists', () => JSON.parse(`[${'[],'.repeat(MANY)}[]]`)],
  ['numbers', () => JSON.parse(`[${'1.5,'.repeat(MANY)}1]`)],
  ['records', () => Array.from({ length: MANY }, (_none, id) => JSON.parse(`{"id":${id},"name":"name ${id}"}`))],
  ['a table', () => JSON.parse(`{${Array.from({ length: MANY }, (_none, id) => `"name${id}":${id}`).join(',')}}`)],
]

test.each(VALUES)('the size of %s is at least what they take, and at most four times that', (_what, make) => {
  const ratio = sizeOf(make()) / measured(make)
  expect(ratio).toBeGreaterThan(0.9)
  expect(ratio).toBeLessThan(4)
})

test('a text counts with its length, bytes with theirs', () => {
  expect(sizeOf('x'.repeat(1_000))).toBeGreaterThanOrEqual(1_000)
  expect(sizeOf(new Uint8Array(1_000))).toBeGreaterThanOrEqual(1_000)
  expect(sizeOf(undefined)).toBeLessThan(100)
})

test('a value of a hundred thousand levels is counted', () => {
  let deep: unknown = 1
  for (let level = 0; level < MANY; level++) deep = [deep]
  expect(sizeOf(deep)).toBeGreaterThan(MANY * 50)
})
