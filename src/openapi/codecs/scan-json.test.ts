import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parse } from 'lossless-json'
import { MAX_DEPTH } from './decoded.ts'
import { scanJson } from './scan-json.ts'

/** The end of the scan by a parser that makes the whole value. */
function endOfParse(text: string): ReturnType<typeof scanJson> {
  try {
    parse(text, null, { onDuplicateKey: ({ newValue }) => newValue })
    return 'well-formed'
  } catch (error) {
    return Number(/at position (\d+)$/.exec(String(error))?.[1])
  }
}

const PIECES = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  ' ',
  '\n',
  '"',
  '\\',
  '\\u00e9',
  '\\n',
  '-',
  '0',
  '1',
  '12',
  '.',
  'e',
  'E+',
]
const WORDS = ['true', 'nul', 'null', 'a', '"a"', '"\\"', '\u0001', '\u00e9', '\ud800', '\u00a0', '[]', '{}', '{"a":1}']
/** Texts that are JSON, and texts in which some characters were put, taken or exchanged. */
const texts = fc.oneof(
  fc.array(fc.constantFrom(...PIECES, ...WORDS), { maxLength: 12 }).map((parts) => parts.join('')),
  fc.tuple(fc.json(), fc.nat(), fc.nat(2), fc.constantFrom(...PIECES, ...WORDS)).map(([json, at, taken, put]) => {
    const place = at % (json.length + 1)
    return json.slice(0, place) + put + json.slice(place + taken)
  }),
  fc.json(),
)

test('a text breaks where a parser says that it breaks', () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(scanJson(text)).toBe(endOfParse(text))
    }),
    { numRuns: 3_000 },
  )
})

test('numbers come with their digits and places', () => {
  const found: [string, string][] = []
  const text = ' {"a": [1, -2.50e3], "b/~\\u00e9": {"c": 0}, "d": "1", "e": [[], [{"f": 12345678901234567890}]]}'
  expect(scanJson(text, (digits, pointer) => found.push([digits, pointer()]))).toBe('well-formed')
  expect(found).toEqual([
    ['1', '/a/0'],
    ['-2.50e3', '/a/1'],
    ['0', '/b~1~0é/c'],
    ['12345678901234567890', '/e/1/0/f'],
  ])
})

test('a text that is too deep is not read to its end', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
  expect(scanJson(nested(MAX_DEPTH))).toBe('well-formed')
  expect(scanJson(nested(MAX_DEPTH + 1))).toBe('too-deep')
  expect(scanJson('{"a":'.repeat(1_000_000))).toBe('too-deep')
})
