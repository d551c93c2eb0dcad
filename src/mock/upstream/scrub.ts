import { type Stream, streamOf } from '../../../fixtures/stream.ts'
import { firstName, lastName, password } from '../../../fixtures/words.ts'
import { escapePattern } from '../../http/escape-pattern.ts'
import { HIDDEN } from '../../http/redaction/secret-values.ts'
import { plainText } from '../../openapi/plain-text.ts'
import { SCRUBBED_FIELDS, type ScrubbedField } from './upstream-options.ts'

/** Takes what is personal out of records and texts. The same original becomes the same other value, wherever it stands. */
export interface Scrubber {
  /** The value without personal fields, at any depth; what they held is replaced in all other texts too. */
  value<T>(value: T): T
  /** A body in JSON, XML or as a form. */
  body(text: string): string
  /** A text that may mention what was in personal fields. */
  text(text: string): string
  /** Hides a secret wherever it stands from now on. */
  hide(secret: string): void
}

const FAKES: { readonly [Field in ScrubbedField]: (stream: Stream) => string } = {
  password: (stream) => password(stream, 12),
  email: (stream) => `${firstName(stream)}.${digits(stream, 6)}@inboxes.example`.toLowerCase(),
  phone: (stream) => `+1-202-555-01${digits(stream, 2)}`,
  firstName,
  lastName,
}

const digits = (stream: Stream, length: number) => Array.from({ length }, () => Math.floor(stream.next() * 10)).join('')

/** Shorter originals are replaced in their own fields alone: they are parts of too many words. */
const SHORTEST = 6
/** A pet may have the name of a user. */
const NAMES: ReadonlySet<ScrubbedField> = new Set(['firstName', 'lastName'])
/** The most originals that are remembered. */
const MOST = 100_000

const EMAIL = /(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g

/** The fakes depend on the seed and the original alone. */
export function createScrubber(seed: number, keep: readonly ScrubbedField[] = []): Scrubber {
  const fields = SCRUBBED_FIELDS.filter((field) => !keep.includes(field))
  const known = new Map<string, string>()
  let pattern: RegExp | undefined
  const learn = (original: string, fake: string) => {
    if (original.length < SHORTEST || known.has(original) || known.size >= MOST) return
    known.set(original, fake)
    pattern = undefined
  }
  const fakeFor = (field: ScrubbedField, original: string): string => {
    if (original === '' || original === HIDDEN) return original
    const fake = known.get(original) ?? FAKES[field](streamOf(seed, `scrub.${field}`, original))
    if (!NAMES.has(field)) learn(original, fake)
    return fake
  }
  const insidePattern = () => {
    pattern ??= patternOf([...known.keys()])
    return pattern
  }
  const text = (given: string): string => {
    const whole = known.get(given)
    if (whole !== undefined) return whole
    const inQueries = given.includes('=') ? inPairs(given, fieldOf, fakeFor) : given
    const plain = inQueries.includes('%') ? inQueries.replace(ENCODED, (word) => encoded(word, text)) : inQueries
    const others = known.size === 0 ? plain : plain.replace(insidePattern(), (found) => known.get(found) ?? found)
    if (!fields.includes('email') || !others.includes('@')) return others
    return others.replace(EMAIL, (email) => (email.endsWith('@inboxes.example') ? email : fakeFor('email', email)))
  }
  const fieldOf = (name: string) =>
    fields.find((field) => field.toLowerCase() === name.replace(/[_-]/g, '').toLowerCase())
  const learnFrom = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [name, child] of Object.entries(value)) {
      const field = fieldOf(name)
      if (field !== undefined && typeof child !== 'object') fakeFor(field, String(child))
      else learnFrom(child)
    }
  }
  const replaced = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value)
    if (Array.isArray(value)) return value.map(replaced)
    if (typeof value !== 'object' || value === null) return value
    const named = fieldOf(plainText(Reflect.get(value, 'name') ?? ''))
    return Object.fromEntries(
      Object.entries(value).map(([name, child]) => {
        const field = name === 'value' ? (named ?? fieldOf(name)) : fieldOf(name)
        const isText = field !== undefined && typeof child !== 'object'
        return [name, isText ? fakeFor(field, String(child)) : replaced(child)]
      }),
    )
  }
  const value = <T>(given: T): T => {
    learnFrom(given)
    return replaced(given) as T
  }
  return {
    value,
    text,
    hide: (secret) => {
      learn(secret, HIDDEN)
    },
    body: (given) => {
      const json = /^\s*[[{"]/.test(given) ? jsonOf(given) : undefined
      if (json !== undefined) return JSON.stringify(value(json))
      return text(inElements(given, fieldOf, fakeFor))
    },
  }
}

/** A word with an escape, as URLs have it. */
const ENCODED = /(?<![\w.+~-])[\w.+~-]*%[\w.%+~-]*/g

function encoded(word: string, change: (text: string) => string): string {
  const plain = decoded(word)
  const changed = plain === word ? plain : change(plain)
  return changed === plain ? word : encodeURIComponent(changed)
}

/** Any of the originals; of many, whatever may be one, as a pattern of all would take too long. */
const patternOf = (originals: readonly string[]) => {
  if (originals.length === 0) return NOTHING
  return originals.length > MOST_IN_PATTERN
    ? WORD
    : new RegExp([...originals].sort(byLength).map(escapePattern).join('|'), 'g')
}

const NOTHING = /(?!)/g
const MOST_IN_PATTERN = 2_000
const WORD = /[^\s"'<>&=?/,;()]+/g

type FieldOf = (name: string) => ScrubbedField | undefined
type FakeFor = (field: ScrubbedField, original: string) => string

/** Elements of XML by their names, with or without a namespace; what is around a text in CDATA goes with it. */
const inElements = (text: string, fieldOf: FieldOf, fakeFor: FakeFor) =>
  text.replace(
    /<((?:[\w.-]+:)?([\w.-]+))((?:\s[^<>]*)?)>([^<]*|<!\[CDATA\[[\s\S]{0,500}?\]\]>)(?=<\/)/g,
    (...found) => {
      const [all = '', tag = '', name = '', attributes = '', content = ''] = found as string[]
      const field = fieldOf(name)
      const original = unescaped(content.replace(/^<!\[CDATA\[|\]\]>$/g, '')).trim()
      return field === undefined || original === '' ? all : `<${tag}${attributes}>${fakeFor(field, original)}`
    },
  )

/** Pairs of a form or a query. */
const inPairs = (text: string, fieldOf: FieldOf, fakeFor: FakeFor) =>
  text.replace(/(^|[&?])([\w%.[\]-]+)=([^&\s"<>]*)/g, (...found) => {
    const [all = '', before = '', name = '', content = ''] = found as string[]
    const field = fieldOf(name)
    return field === undefined || content === ''
      ? all
      : `${before}${name}=${encodeURIComponent(fakeFor(field, decoded(content.replaceAll('+', ' '))))}`
  })

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const unescaped = (text: string) =>
  text.replace(/&(?:#(x?)([\da-f]+)|(\w+));/gi, (all, hex: string, code: string | undefined, name: string) =>
    code === undefined ? (ENTITIES[name] ?? all) : characterOf(Number.parseInt(code, hex ? 16 : 10), all),
  )

const characterOf = (code: number, otherwise: string) => (code <= 0x10ffff ? String.fromCodePoint(code) : otherwise)

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const byLength = (a: string, b: string) => b.length - a.length
