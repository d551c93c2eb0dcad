import { expect, test } from '@jest/globals'
import { ALL, changedBy, NO_CHANGES, withChanges } from './changes.ts'

const event = (name: string, data: object) => ({ id: '1', event: name, data: JSON.stringify(data) })

test('only events of the session that is shown count, but for those of sessions', () => {
  const events = [
    event('state', { session: 'other' }),
    event('clock', { session: 'mine' }),
    event('session', { session: 'other' }),
  ]
  expect([...changedBy(events, 'mine')].sort()).toEqual(['clock', 'session'])
})

test('a gap may hide any change', () => {
  expect(changedBy([event('gap', { reason: 'unknown-id' })], 'mine')).toBe(ALL)
  expect([...changedBy([event('gap', { reason: 'rate', missed: 7 })], 'mine')]).toEqual(['request'])
})

test('changes are counted', () => {
  expect(withChanges(NO_CHANGES, new Set(['state']))).toEqual({ ...NO_CHANGES, state: 1 })
})
