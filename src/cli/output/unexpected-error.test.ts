import { expect, test } from '@jest/globals'
import { unexpectedErrorText } from './unexpected-error.ts'

const error = new TypeError('x is\nnot')

test('unexpectedErrorText is one line without a stack', () => {
  expect(unexpectedErrorText(error, false)).toBe(
    'Unexpected error, please report it: TypeError: x is\\u{a}not (INBOXES_MOCK_DEBUG=1 shows the stack.)',
  )
  expect(unexpectedErrorText('text', false)).toContain(': text (')
})

test('unexpectedErrorText is the stack on request', () => {
  expect(unexpectedErrorText(error, true)).toBe(error.stack)
  expect(unexpectedErrorText('text', true)).toBe('text')
})
