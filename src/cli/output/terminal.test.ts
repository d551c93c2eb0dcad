import { expect, test } from '@jest/globals'
import { colorizeFor } from './terminal.ts'

const write = () => true

test('colorizeFor adds colours on a terminal that has colours', () => {
  const colorize = colorizeFor({ write, isTTY: true, hasColors: () => true })
  expect(colorize('red', 'text')).toBe('\u001b[31mtext\u001b[39m')
})

test.each([
  ['1', true],
  ['true', true],
  ['3', true],
  ['0', false],
  ['false', false],
])('colorizeFor of a pipe honours FORCE_COLOR=%s', (FORCE_COLOR, isColoured) => {
  expect(colorizeFor({ write }, { FORCE_COLOR })('red', 'text') !== 'text').toBe(isColoured)
  expect(colorizeFor({ write }, { FORCE_COLOR, NO_COLOR: '1' })('red', 'text')).toBe('text')
})

test.each([
  ['a file or a pipe', { write }],
  ['a pipe that claims colours', { write, isTTY: false, hasColors: () => true }],
  ['a terminal with NO_COLOR', { write, isTTY: true, hasColors: () => false }],
])('colorizeFor leaves %s plain', (_what, stream) => {
  expect(colorizeFor(stream, {})('red', 'text')).toBe('text')
})
