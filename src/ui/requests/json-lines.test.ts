import { expect, test } from '@jest/globals'
import { jsonLines } from './json-lines.ts'

test.each([
  { a: 1, b: [true, null, { 'c/d': 'e~f' }], g: {}, h: [] },
  [],
  'text',
  null,
  [[['deep']]],
  { '': '<script>\u202e' },
])('the lines of %j are its JSON', (value) => {
  const text = jsonLines(value)
    .map(
      ({ depth, name, text, comma }) =>
        `${'  '.repeat(depth)}${name === undefined ? '' : `${JSON.stringify(name)}: `}${text}${comma ? ',' : ''}`,
    )
    .join('\n')
  expect(text).toBe(JSON.stringify(value, undefined, 2))
})

test('each line has the pointer of its value', () => {
  const pointers = jsonLines({ 'c/d': [{ 'e~f': 1 }] }).map(({ pointer }) => pointer)
  expect(pointers).toEqual(['', '/c~1d', '/c~1d/0', '/c~1d/0/e~0f', '/c~1d/0#end', '/c~1d#end', '#end'])
})
