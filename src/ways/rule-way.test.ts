import { expect, test } from '@jest/globals'
import { takenUsername } from './rows/taken-username.ts'
import { seenOf } from './seen.test.support.ts'

const taken = seenOf({ operation: 'createUser', method: 'POST', about: 'a username that is taken', status: 400 })
const other = (status: number) => seenOf({ operation: 'createUser', method: 'POST', about: 'a valid user', status })

test('a request is refused by a rule only where the server takes other requests', () => {
  expect(takenUsername.read([other(200), taken]).map(({ does }) => does)).toEqual(['refuses with 400'])
  expect(takenUsername.read([other(400), taken])).toEqual([])
})
