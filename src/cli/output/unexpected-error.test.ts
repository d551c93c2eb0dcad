import { expect, test } from '@jest/globals'
import { unexpectedErrorText } from './unexpected-error.ts'

const error = new TypeError('x is\nnot')
const versions = { mock: '1.2.3', node: 'v24.0.0' }

test('unexpectedErrorText is one line without a stack, and says how to report it', () => {
  expect(unexpectedErrorText(error, false, versions)).toBe(
    'Unexpected error: TypeError: x is\\u{a}not. Please report it, with inboxes-mock 1.2.3, Node v24.0.0 and the stack that INBOXES_MOCK_DEBUG=1 shows.',
  )
  expect(unexpectedErrorText('text', false, versions)).toContain('Unexpected error: text. Please')
})

test('unexpectedErrorText is the stack on request', () => {
  expect(unexpectedErrorText(error, true, versions)).toBe(error.stack)
  expect(unexpectedErrorText('text', true, versions)).toContain('text')
})

test.each([[undefined], [null], [Object.create(null)], [Symbol('a')]])('unexpectedErrorText takes %p', (thrown) => {
  expect(unexpectedErrorText(thrown, false, versions)).toMatch(/^Unexpected error: \S+\. Please report it/)
})
