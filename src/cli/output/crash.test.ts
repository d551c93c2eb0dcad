import { expect, test } from '@jest/globals'
import { crashText } from './crash.ts'

const error = new TypeError('x is\nnot')

test('crashText is one line without a stack', () => {
  expect(crashText(error, false)).toBe(
    'Unexpected error, please report it: TypeError: x is\\u{a}not (INBOXES_MOCK_DEBUG=1 shows the stack.)',
  )
  expect(crashText('text', false)).toContain(': text (')
})

test('crashText is the stack where it is asked for', () => {
  expect(crashText(error, true)).toBe(error.stack)
  expect(crashText('text', true)).toBe('text')
})
