import { expect, test } from '@jest/globals'
import { painterFor } from './terminal.ts'

const write = () => true

test('painterFor paints on a terminal that has colours', () => {
  const paint = painterFor({ write, isTTY: true, hasColors: () => true })
  expect(paint('red', 'text')).toBe('\u001b[31mtext\u001b[39m')
})

test.each([
  ['a file or a pipe', { write }],
  ['a pipe that claims colours', { write, isTTY: false, hasColors: () => true }],
  ['a terminal with NO_COLOR', { write, isTTY: true, hasColors: () => false }],
])('painterFor leaves %s plain', (_what, stream) => {
  expect(painterFor(stream)('red', 'text')).toBe('text')
})
