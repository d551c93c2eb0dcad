import { expect, test } from '@jest/globals'
import { filtered, isRefused, NO_FILTER, operationsIn, reasonOf, sessionsIn, sourceOf } from './filter.ts'
import type { SeenRequest } from './journal.ts'

const request = (part: Partial<SeenRequest>): SeenRequest => ({
  id: 1,
  session: 'default',
  at: '2030-01-01T00:00:00Z',
  method: 'GET',
  target: '/v2/pet/1',
  headers: {},
  status: 200,
  admitted: true,
  violations: [],
  unknownQuery: [],
  operationId: 'getPetById',
  ...part,
})
const REFUSED = request({
  id: 2,
  session: 'other',
  status: 400,
  admitted: false,
  operationId: 'createUser',
  body: { name: 'Ädä' },
})
const ALL = [request({}), REFUSED]

test.each([
  ['operation', { operationId: 'createUser' }],
  ['session', { session: 'other' }],
  ['refusal', { refused: true }],
  ['text of the body, in any case', { text: 'ÄDÄ' }],
  ['text of the status', { text: ' 400 ' }],
])('the list is filtered by %s', (_what, part) => {
  expect(filtered(ALL, { ...NO_FILTER, ...part })).toEqual([REFUSED])
})

test('no filter shows all, with what can be chosen', () => {
  expect(filtered(ALL, NO_FILTER)).toEqual(ALL)
  expect([operationsIn(ALL), sessionsIn(ALL)]).toEqual([
    ['createUser', 'getPetById'],
    ['default', 'other'],
  ])
})

test('a request that a fault answered with 200 is not refused, and came from a fault', () => {
  const one = request({ interference: 'fault delay' })
  expect([isRefused(one), sourceOf(one), sourceOf(request({}))]).toEqual([false, 'fault', 'mock'])
})

test('with a live server the source of an answer is told, and why it is not the live one', () => {
  const told = [{ source: 'live' }, { source: 'mock', reason: 'down' }, { source: 'mock', reason: 'new-one' }, {}]
  expect(told.map(request).map((one) => [sourceOf(one), reasonOf(one)])).toEqual([
    ['live server', undefined],
    ['mock', 'live server down'],
    ['mock', 'new-one'],
    ['mock', undefined],
  ])
})
