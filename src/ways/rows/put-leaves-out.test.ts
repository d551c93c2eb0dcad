import { expect, test } from '@jest/globals'
import { seenOf } from '../seen.test.support.ts'
import { putLeavesOut } from './put-leaves-out.ts'

const before = { username: 'ada', phone: '1' }

/** The habit for the phone of a user that was created with it, read, replaced without it and read again. */
function habitWith(shown: object): string | undefined {
  const path = '/user/ada'
  const habits = putLeavesOut.read([
    seenOf({ operation: 'createUser', method: 'POST', path: '/user', sent: before }),
    seenOf({ operation: 'getUserByName', path, raw: before }),
    seenOf({ operation: 'updateUser', method: 'PUT', path, sent: { username: 'ada' } }),
    seenOf({ operation: 'getUserByName', path, raw: { username: 'ada', ...shown } }),
  ])
  return habits.find(({ place }) => place === 'replaced users phone')?.does
}

test.each([
  ['is gone', {}, 'drops'],
  ['is null', { phone: null }, 'drops'],
  ['is an empty text', { phone: '' }, 'fills in'],
  ['is as before', { phone: '1' }, 'keeps'],
  ['has another value', { phone: '2' }, 'fills in'],
])('a property that an update leaves out and that then %s', (_what, shown, habit) => {
  expect(habitWith(shown)).toBe(habit)
})
