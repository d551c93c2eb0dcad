import { expect, test } from '@jest/globals'
import { matchText, stepText } from './fault-text.ts'

test('a fault is told in words', () => {
  const match = {
    operationId: 'getPetById',
    path: '/v2/pet/1',
    query: { a: 'b' },
    body: [{ pointer: '/name', equals: 7 }],
  } as const
  expect(matchText({ match })).toBe('getPetById, any method /v2/pet/1, a=b, /name is 7')
  expect(matchText({})).toBe('every request')
  expect(stepText({ kind: 'status', status: 503, retryAfter: 2 })).toBe('status 503, retryAfter 2')
  expect(stepText({ kind: 'reset' })).toBe('reset')
})
