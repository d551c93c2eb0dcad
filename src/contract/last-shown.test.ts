import { expect, test } from '@jest/globals'
import { interactionOf } from './interaction.test.support.ts'
import { createLastShown } from './last-shown.ts'

const ada = { username: 'Ada', phone: '1' }
const read = (value: unknown, status = 200) =>
  interactionOf({ operationId: 'getUserByName', path: '/user/Ada', status, value })

test('the record that was shown last is known, as far as it has the fields that are asked for', () => {
  const shown = createLastShown()
  expect(shown.at('/user/Ada', ada)).toBeUndefined()
  shown.saw(read({ username: 'ada', extra: 1 }))
  expect(shown.at('/user/Ada', ada)).toEqual({ username: 'ada' })
})

test.each([
  [
    'a write to the record',
    interactionOf({ operationId: 'updateUser', method: 'PUT', path: '/user/Ada', status: 200 }),
  ],
  ['a reading that did not find it', read(undefined, 404)],
])('after %s nothing is known of it', (_what, interaction) => {
  const shown = createLastShown()
  shown.saw(read(ada))
  shown.saw(interaction)
  expect(shown.at('/user/Ada', ada)).toBeUndefined()
})

test('HEAD and other paths change nothing', () => {
  const shown = createLastShown()
  shown.saw(read(ada))
  shown.saw(interactionOf({ operationId: 'getUserByName', method: 'HEAD', path: '/user/Ada', status: 200 }))
  shown.saw(interactionOf({ operationId: 'deleteUser', method: 'DELETE', path: '/user/Bob', status: 200 }))
  expect(shown.at('/user/Ada', ada)).toEqual(ada)
})
