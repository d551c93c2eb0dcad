import { expect, test } from '@jest/globals'
import { writtenOnce } from './text-cache.ts'
import { writeJson } from './write-json.ts'

function counting() {
  const written: unknown[] = []
  const write = writtenOnce((value) => {
    written.push(value)
    return JSON.stringify(value)
  })
  return { write, written }
}

test('a frozen object is written once', () => {
  const { write, written } = counting()
  const record = Object.freeze({ a: 1 })
  expect([write(record), write(record)]).toEqual(['{"a":1}', '{"a":1}'])
  expect(written).toEqual([record])
})

test('what may change, and equal objects, are written anew', () => {
  const { write, written } = counting()
  const record = { a: 1 }
  write(record)
  record.a = 2
  expect(write(record)).toBe('{"a":2}')
  write(Object.freeze({ a: 3 }))
  write(Object.freeze({ a: 3 }))
  expect(written).toHaveLength(4)
})

test.each([
  [[]],
  [[Object.freeze({ a: 1 }), { b: [undefined] }]],
  [['a', 1, null]],
  ['text'],
  [null],
  [{ a: undefined, b: '\ud800' }],
])('writeJson writes %j as JSON.stringify does', (value) => {
  expect(writeJson(value)).toBe(JSON.stringify(value))
})
