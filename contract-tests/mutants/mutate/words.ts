import { pick, type Stream } from '../../../fixtures/stream.ts'

/** True so often, from 0 to 1. */
export const happens = (stream: Stream, chance: number): boolean => stream.next() < chance

/** A whole number from 0, below the bound. */
export const below = (stream: Stream, bound: number): number => Math.floor(stream.next() * bound)

const PIECES = [
  ...[
    'a',
    'Z',
    '7',
    'rex',
    'Bella',
    'ok.example',
    'user@host.example',
    'pass word',
    'x-y_z',
    '~',
    '%',
    '%41',
    '+',
    '1+1=2',
  ],
  ...[
    'a & b',
    '<b>',
    '"q"',
    "o'neil",
    ']]>',
    '&amp;',
    '<![CDATA[',
    '\\',
    '/',
    '\\u0041',
    '{}',
    '[1,2]',
    '#1',
    '?',
    ':',
    ';',
    '=',
  ],
  ...[
    'ü',
    'Ärger',
    'ß',
    'é',
    '日本',
    'שלום',
    '😀',
    '\u00a0',
    '\u2028',
    'ﬁ',
    '𝒳',
    'true',
    'null',
    '0',
    '-1',
    '1e3',
    'snow:5',
  ],
]

/** A text of one to three pieces. Blanks around it, which a server may cut off, are left out. */
export function text(stream: Stream): string {
  const length = happens(stream, 0.6) ? 1 : 1 + below(stream, 3)
  const joint = pick(stream, ['', ' ', '-'])
  return Array.from({ length }, () => pick(stream, PIECES))
    .join(joint)
    .trim()
}

/** A short text, a long one now and then. */
export const someText = (stream: Stream): string =>
  happens(stream, 0.03) ? text(stream).repeat(60).trim() : text(stream)

/** Names of tags: few, so that pets share them. A comma would part them. */
export const tagName = (stream: Stream): string =>
  pick(stream, ['tag1', 'tag2', 'tag3', 'red', 'Red', 're', 'dark blue', 'a&b', 'größe', 'x+y', '😀', '0'])

/** Within the integers that a double holds. */
export const int64 = (stream: Stream): number =>
  pick(stream, [0, 1, 2, 9, 42, 255, 65536, 2147483647, 2147483648, 4294967296, 123456789012, 9007199254740991])

export const int32 = (stream: Stream): number =>
  pick(stream, [0, 1, -1, 7, 127, 128, 300, 65536, 2147483647, -2147483648])
