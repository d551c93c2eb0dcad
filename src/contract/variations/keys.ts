import { KEY_VARIABLE } from '../../http/curl.ts'
import type { Variation } from './variation.ts'

/** A key that is not the right one: how it is made, and the same for a shell. */
type Forgery = readonly [about: string, make: (key: string) => string, shown: string]

const told = (value: string): Forgery => [`${JSON.stringify(value)} for a key`, () => value, value]

const swapped = (letter: string) => (letter === 'x' ? 'y' : 'x')

/** Keys that a look-up in a map, a loose comparison, a pattern or a query of SQL may take. */
const FORGERIES: readonly Forgery[] = [
  ...['constructor', '__proto__', 'toString', 'hasOwnProperty', 'null', 'undefined', 'true', '0', '*', '.*'].map(told),
  ...['%', "' OR '1'='1", 'api_key', '{}', '[]', 'Bearer'].map(told),
  ['the key twice', (key) => key + key, `${KEY_VARIABLE}${KEY_VARIABLE}`],
  ['the key with another last letter', (key) => key.slice(0, -1) + swapped(key.slice(-1)), 'another-key'],
  ['the key with another first letter', (key) => swapped(key.slice(0, 1)) + key.slice(1), 'another-key'],
  ['the end of the key', (key) => key.slice(1), '$(printf %s "$INBOXES_API_KEY" | sed s/^.//)'],
  ['the first letter of the key', (key) => key.slice(0, 1), '$(printf %.1s "$INBOXES_API_KEY")'],
  ['the key backwards', (key) => [...key].reverse().join(''), '$(printf %s "$INBOXES_API_KEY" | rev)'],
  ['the key between quotes', (key) => `"${key}"`, `\\"${KEY_VARIABLE}\\"`],
  ['the key after Bearer', (key) => `Bearer ${key}`, `Bearer ${KEY_VARIABLE}`],
  ['the key in base64', (key) => Buffer.from(key).toString('base64'), '$(printf %s "$INBOXES_API_KEY" | base64)'],
]

const OFTEN: readonly string[] = ['"constructor" for a key', 'the key with another last letter', 'the key twice']

/** Wrong keys besides those that every operation is asked with. */
export const forgedKeys: readonly Variation[] = FORGERIES.map(([about, make, shown]) => ({
  about,
  demand: 'closed',
  ...(!OFTEN.includes(about) && { isRare: true }),
  change: ({ key = '' }) => {
    const value = make(key)
    return value === key || value === '' ? undefined : { key: { value, shown } }
  },
}))

/** The right key in the ways that HTTP takes for the same: names of headers have no letter case (RFC 9110, section 5.1). */
export const rightKeys: readonly Variation[] = ['API_KEY', 'Api_Key'].map((name) => ({
  about: `the key in the header ${name}`,
  demand: 'accepted',
  change: ({ key }) => (key ? { key: { value: null }, headers: { [name]: key } } : undefined),
}))
