import type { Variation } from './variation.ts'

const lastSegment = (path: string, change: (segment: string) => string) => {
  const at = path.lastIndexOf('/') + 1
  return path.slice(0, at) + change(path.slice(at))
}

/** The first letter of the last segment, escaped: the same path by RFC 3986, section 6.2.2.2. */
const escaped = (letters: string) => letters.replace(/^[\w]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`)

/** Spellings of a path that a router may take for it, and a check of keys for another one. */
const SPELLINGS: Readonly<Record<string, (path: string) => string>> = {
  'a slash at the end': (path) => `${path}/`,
  'two slashes at the end': (path) => `${path}//`,
  'two slashes at the beginning': (path) => `/${path}`,
  'two slashes inside': (path) => lastSegment(path, (segment) => `/${segment}`),
  'a dot segment': (path) => lastSegment(path, (segment) => `./${segment}`),
  'a dot segment at the end': (path) => `${path}/.`,
  'a way up and back': (path) => lastSegment(path, (segment) => `x/../${segment}`),
  'a way through an open path': (path) => `/user/..${path}`,
  'an escaped way through an open path': (path) => `/user/%2e%2e${path}`,
  'an escaped letter': (path) => lastSegment(path, escaped),
  'an escaped letter at the beginning': (path) => `/${escaped(path.slice(1))}`,
  'an escaped slash': (path) => lastSegment(path, (segment) => `%2f${segment}`),
  'an escaped slash at the end': (path) => `${path}%2f`,
  'a backslash': (path) => lastSegment(path, (segment) => `\\${segment}`),
  capitals: (path) => path.toUpperCase(),
  'a capital at the beginning': (path) => `/${path.slice(1, 2).toUpperCase()}${path.slice(2)}`,
  'a matrix parameter': (path) => `${path};a=b`,
  'an empty matrix parameter': (path) => `${path};`,
  'a matrix parameter before': (path) => `/;a=b${path}`,
  'a suffix .json': (path) => `${path}.json`,
  'a suffix .css': (path) => `${path};.css`,
  'a zero byte at the end': (path) => `${path}%00`,
  'a blank at the end': (path) => `${path}%20`,
  'a line break at the end': (path) => `${path}%0a`,
  'a question mark at the end, escaped': (path) => `${path}%3f`,
  'a hash at the end, escaped': (path) => `${path}%23`,
}

const OFTEN: readonly string[] = [
  ...['a slash at the end', 'two slashes at the beginning', 'a dot segment', 'an escaped letter', 'capitals'],
  ...['a matrix parameter', 'a way through an open path', 'a suffix .json'],
]

/** Spellings of the path, each without a key. */
export const spellingsWithoutKey: readonly Variation[] = Object.entries(SPELLINGS).map(([name, spell]) => ({
  about: `without a key, and ${name}`,
  demand: 'closed',
  ...(!OFTEN.includes(name) && { isRare: true }),
  change: () => ({ spell, key: { value: null } }),
}))

/** The same with the key: a server may find the path, or not. */
export const spellings: readonly Variation[] = Object.entries(SPELLINGS).map(([name, spell]) => ({
  about: `a path with ${name}`,
  demand: 'open',
  isRare: true,
  change: () => ({ spell }),
}))

/** Escapes that stand for nothing, or for no UTF-8: decoders throw at them. */
const BROKEN_ESCAPES: Readonly<Record<string, string>> = {
  'an escape of no digits': '%zz',
  'an escape that ends too early': 'a%4',
  'escapes of half a letter': '%e0%a4',
  'escapes that are no UTF-8': '%ff%fe',
}

/** The same where the path has a parameter at its end, and where the operation has a query. */
export const brokenEscapes: readonly Variation[] = Object.entries(BROKEN_ESCAPES).flatMap(([name, text]) => [
  {
    about: `a path with ${name}`,
    demand: 'open' as const,
    change: ({ operation }) =>
      operation.path.endsWith('}') ? { spell: (path) => lastSegment(path, () => text) } : undefined,
  } satisfies Variation,
  {
    about: `a query with ${name}`,
    demand: 'open' as const,
    change: ({ sending }) => (sending.query === undefined ? undefined : { query: `note=${text}` }),
  } satisfies Variation,
])
