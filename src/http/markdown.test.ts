import { expect, test } from '@jest/globals'
import { markdownBlock, markdownCode, markdownTable, markdownText, markdownWithin } from './markdown.ts'

test.each([
  [
    '<b> & `a` | *b* _c_ [d](e) ~f~',
    '&#60;b&#62; &#38; &#96;a&#96; &#124; &#42;b&#42; &#95;c&#95; &#91;d&#93;(e) &#126;f&#126;',
  ],
  ['@team #12 https://x.example www.y.example', '&#64;team &#35;12 https&#58;//x.example &#119;ww.y.example'],
  ['- a', '&#45; a'],
  ['1. a', '1&#46; a'],
  ['a\nb\u001b[2J', 'a\\u{a}b\\u{1b}[2J'.replace('\\', '&#92;').replace('\\', '&#92;').replace('[', '&#91;')],
  ['plain, 401 or 403: a-b.', 'plain, 401 or 403: a-b.'],
])('%j has no markup as a text of Markdown', (text, expected) => {
  expect(markdownText(text)).toBe(expected)
})

test('code is fenced by more backticks than it has', () => {
  expect(markdownCode('a `b` ``c``')).toBe('``` a `b` ``c`` ```')
  expect(markdownBlock('a\n```\nb', 'sh')).toBe('````sh\na\n```\nb\n````')
})

test('a table has one line for each row, whatever its cells hold', () => {
  expect(markdownTable(['A', 'B'], [['a|b', 'c\nd']])).toBe('| A | B |\n| --- | --- |\n| a&#124;b | c&#92;u{a}d |')
})

test('parts that do not fit are left out, and said to be', () => {
  const text = markdownWithin(['a'.repeat(40), 'ä'.repeat(20), 'c'.repeat(40)], 110, 'and more')
  expect(text).toBe(`${'a'.repeat(40)}\n\n${'ä'.repeat(20)}\n\nand more\n`)
  expect(markdownWithin(['a', 'b'], 110, 'and more')).toBe('a\n\nb\n')
})
