import { expect, test } from '@jest/globals'
import { problemOf, readProblem } from './problem.ts'

test('a problem document is read', () => {
  const errors = [{ pointer: '/body/name', expected: 'a string' }]
  expect(readProblem(400, JSON.stringify({ status: 400, detail: 'No.', errors }))).toEqual({
    status: 400,
    detail: 'No.',
    errors,
  })
})

test.each(['', '<html>', 'null', '[]', '{"detail":1,"errors":[1,null,{"pointer":2}]}'])(
  'an answer that is no problem document is told by its status: %s',
  (text) => {
    expect(readProblem(502, text)).toEqual({ status: 502, detail: 'The server answered 502.', errors: [] })
  },
)

test('a lost connection is told in words', () => {
  expect(problemOf(new TypeError('Failed to fetch')).detail).toContain('still running')
})
