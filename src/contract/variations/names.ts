/** The end of a username after the prefix of the run, and what is special about it. */
export interface NameRow {
  readonly about: string
  readonly text: string
  /** False if servers and proxies may well refuse it, in a path or altogether. It must then be refused, not changed. */
  readonly isUsual: boolean
}

const usual = (rows: Readonly<Record<string, string>>): NameRow[] =>
  Object.entries(rows).map(([about, text]) => ({ about, text, isUsual: true }))

const odd = (rows: Readonly<Record<string, string>>): NameRow[] =>
  Object.entries(rows).map(([about, text]) => ({ about, text, isUsual: false }))

/** Usernames as far as their letters go: the document allows any text. */
export const NAMES: readonly NameRow[] = [
  ...usual({
    'a dot': 'a.b',
    'two dots': 'a..b',
    'a dot at the end': 'dot.',
    'a plus sign': 'a+b',
    'a blank': 'a b',
    'a percent sign': '50%',
    'an escape that is text': 'a%20b',
    'an escaped slash that is text': 'a%2Fb',
    'an at sign': 'a@b.example',
    'an apostrophe': "O'Neil",
    'an ampersand': 'a&b',
    'an equals sign': 'a=b',
    'a semicolon': 'a;b',
    'a comma': 'a,b',
    'a colon': 'a:b',
    'a question mark': 'a?b',
    'a hash': 'a#b',
    'a dollar sign': 'a$b',
    'a star': 'a*b',
    'a tilde': 'a~b',
    'an exclamation mark': 'a!b',
    brackets: 'a[0](1){2}',
    'a quotation mark': 'a"b',
    'angle brackets': 'a<b>c',
    'a bar and a caret': 'a|b^c`d',
    'letters with marks': 'Žluťoučký',
    'Greek letters': 'Ωμέγα',
    'Chinese letters': '東京',
    'letters from right to left': 'שלום',
    'a sign beyond 16 bits': '𝒜🦜',
    'a sign of several characters': '👩‍👩‍👧',
    'the word login': 'login',
    'the word createWithList': 'createWithList',
    'the word null': 'null',
    'digits alone': '007',
    'a suffix .json': 'a.json',
    'a suffix .xml': 'a.xml',
    'a dash and an underscore': '-a_b-',
    '255 letters': 'n'.repeat(255 - 20),
    // Alike up to the last letter: a name that is cut, or compared in part, is another user's.
    '254 letters of another name and its own last': `${'n'.repeat(254 - 20)}m`,
  }),
  ...odd({
    'a slash': 'a/b',
    'a backslash': 'a\\b',
    'a way up': '/../nobody',
    'a tab': 'a\tb',
    'a line break': 'a\nb',
    'a zero byte': 'a\0b',
    'a mark of byte order': 'a\uFEFFb',
    'a mark of direction': 'a\u202Eb',
    'a joiner of no width': 'a\u200Bb',
    'a letter and its mark apart': 'e\u0301',
    '2000 letters': 'n'.repeat(2000),
  }),
]

/** Names that no run created, and that a look-up in a map may find. */
export const NAMES_OF_NOBODY: readonly string[] = [
  ...['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', 'length', 'prototype', 'null', 'undefined'],
  ...['*', '%', '_', '.*', "' OR '1'='1", '{}', '[object Object]', 'NaN', 'true', '%2e%2e', '..;', '@', '~root'],
]

/** Whole usernames that programs take for no name, each with one like it that nothing can be mistaken for. */
export const EMPTY_LOOKING: readonly (readonly [name: string, control: string])[] = [
  ['0', '7'],
  ['00', '77'],
  ['false', 'falsy'],
  ['null', 'nulls'],
  ['undefined', 'undefended'],
  ['NaN', 'Nan7'],
]

/** The ends of usernames that random sequences use: none needs an escape in JSON, and each is short. */
export const PLAIN_NAMES: readonly string[] = NAMES.filter(
  ({ text, isUsual }) => isUsual && text.length < 30 && JSON.stringify(text) === `"${text}"`,
).map(({ text }) => text)

/** Another spelling of a username, by which a look-up may take it for the same. */
export interface NameSpelling {
  readonly about: string
  /** Changes the part of the name after the prefix of the run. */
  readonly spell: (end: string) => string
  /** `form`: a server may take it for the same name, if it always does. `another`: nobody has it. `open`: a reading may find it. */
  readonly demand: 'form' | 'another' | 'open'
}

/** A name whose spellings differ: capitals, a letter with a mark, a blank and a dot. */
export const SPELLED = 'Same N\u00E4me.A'

const spelled = (
  demand: NameSpelling['demand'],
  rows: Readonly<Record<string, NameSpelling['spell']>>,
): NameSpelling[] => Object.entries(rows).map(([about, spell]) => ({ about, spell, demand }))

/** Spellings of `SPELLED`. Collations, file systems, patterns and decoders take some of them for it. */
export const NAME_SPELLINGS: readonly NameSpelling[] = [
  ...spelled('form', {
    'small letters': (end) => end.toLowerCase(),
    capitals: (end) => end.toUpperCase(),
    'a blank at the end': (end) => `${end} `,
    'a letter and its mark apart': (end) => end.normalize('NFD'),
  }),
  ...spelled('another', {
    'a letter without its mark': (end) => end.replace('\u00E4', 'a'),
    'a dot at the end': (end) => `${end}.`,
    'a semicolon at the end': (end) => `${end};a`,
    'the beginning alone': (end) => end.slice(0, -2),
    'one letter more': (end) => `${end}a`,
    'a percent sign for the end': (end) => `${end.slice(0, -1)}%`,
    'an underscore for a letter': (end) => end.replace('S', '_'),
    'a plus sign for the blank': (end) => end.replace(' ', '+'),
    'an escape for the blank': (end) => end.replace(' ', '%20'),
  }),
  // Some routers take it for the media type.
  ...spelled('open', { 'a suffix .json': (end) => `${end}.json` }),
]
