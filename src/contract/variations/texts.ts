/** A text for a field, and what is special about it. */
export interface TextRow {
  readonly about: string
  readonly text: string
  /** `taken`: it must be stored. `kept`: it may be refused; if it is taken, it must be kept. `open`: it has no one meaning. */
  readonly demand: 'taken' | 'kept' | 'open'
}

const taken = (rows: Readonly<Record<string, string>>): TextRow[] =>
  Object.entries(rows).map(([about, text]) => ({ about, text, demand: 'taken' as const }))

const refusable = (rows: Readonly<Record<string, string>>): TextRow[] =>
  Object.entries(rows).map(([about, text]) => ({ about, text, demand: 'kept' as const }))

/** Bytes at which buffers end. A text of letters of three bytes passes them at each offset. */
const CHUNK_BYTES = 65_536

/** Texts that servers change on their way in or out. */
export const TEXTS: readonly TextRow[] = [
  ...taken({
    'markup and quotes': `<b a="1" c='2'>&amp; & &lt; </b>`,
    'a script': '<script>alert("1")</script>',
    'the end of CDATA': 'a]]>b<![CDATA[c]]>',
    'a comment of XML': '<!-- a --> -->',
    backslashes: 'C:\\new\\table \\u0041 \\" \\',
    'escapes of URLs': 'a%20b+c%2Bd%%zz&e=f',
    'a letter and its mark apart': 'Zoe\u0308 e\u0301',
    'letters that fall together': 'ﬁ Å Å ①',
    'letters beyond 16 bits': '𝒜🦜𠮷',
    'signs of several characters': '👩‍👩‍👧 🇯🇵 👍🏽',
    'letters from right to left': 'שלום العربية',
    'Chinese and Thai letters': '東京 ภาษาไทย',
    'letters of other cases': 'İıſßẞ Σς',
    'separators of lines': 'a\u2028b\u2029c',
    'line breaks and tabs': 'a\nb\tc',
    'a number with zeros': '007',
    'a number with an exponent': '1e3',
    'a long number': '12345678901234567890',
    'true as text': 'true',
    'null as text': 'null',
    'a date': '2020-01-02T03:04:05Z',
    'a comma': 'a,b;c|d',
    'a template': '{{7*7}} <%= 7*7 %> #{7*7}',
    'a query of SQL': "Robert'); DROP TABLE users;--",
    'a path': '../../etc/passwd',
    'a format': '%s %d %n {0}',
    'a formula': '=1+1',
    'JSON as text': '{"a":[1,null]}',
    'two blanks inside': 'a  b   c',
    'a blank without a break': 'a\u00A0b',
    'letters that pass the ends of chunks': '語'.repeat(700),
  }),
  ...refusable({
    'control characters': 'a\u0001b\u0007c\u001Bd',
    'a control character of Latin-1': 'a\u0085b\u009Fc',
    'a zero byte': 'a\0b',
    'a mark of byte order inside': 'a\uFEFFb',
    'a mark of direction': 'a\u202Eb\u2066c',
    'signs of no width': 'a\u200Bb\u200Dc',
    'an unassigned letter': 'a\uFFFEb\u{10FFFF}c',
  }),
  // RFC 8259, section 8.2: software need not agree on it.
  { about: 'half of a pair', text: 'a\uD83Db', demand: 'open' },
]

/** Texts that are longer than anybody tries by hand. */
export const LONG_TEXTS: readonly (TextRow & { readonly isThorough?: true })[] = [
  { about: '10 kB of text', text: 'long text '.repeat(1000), demand: 'taken' },
  { about: 'letters of 3 bytes over two chunks', text: '語'.repeat(CHUNK_BYTES / 2), demand: 'kept' },
  { about: 'letters of 4 bytes over two chunks', text: `a${'🦜'.repeat(CHUNK_BYTES / 2)}`, demand: 'kept' },
  { about: '1 MB of text', text: 'x'.repeat(1_000_000), demand: 'kept', isThorough: true },
  { about: '1 MB of markup', text: '<&>"'.repeat(250_000), demand: 'kept', isThorough: true },
]

/** One text with all that must be taken, so that one write tries them in a field. What is special as a whole is no part of it. */
export const ALL_TEXTS: string = TEXTS.filter(
  ({ text, demand }) => demand === 'taken' && !/^(\w+|[\d-]+T.*|=.*)$/.test(text),
)
  .map(({ text }) => text)
  .join(' ')

/** Lengths beyond which servers cut texts, or columns and headers end. The first is a text of all letters besides. */
const LENGTHS = [5000, 1000, 255, 128, 65, 33]

/** Texts from the longest to the shortest: a server may refuse long ones, and must keep what it takes. */
export const LADDER: readonly string[] = LENGTHS.map((length, index) =>
  (index === 0 ? `${ALL_TEXTS} ` : '').padEnd(length, 'long-text-'),
)

/** The texts that random sequences write: each must be taken, and each is short. */
export const SHORT_TEXTS: readonly string[] = TEXTS.filter(
  ({ text, demand }) => demand === 'taken' && text.length < 60,
).map(({ text }) => text)
