import { KEY_VARIABLE } from '../../http/curl.ts'
import type { Sending } from '../sending.ts'

/** A key that must not be accepted, and what is wrong with it. */
export interface WrongKey {
  readonly about: string
  readonly key: NonNullable<Sending['key']>
}

export const NO_KEY: WrongKey = { about: 'without a key', key: { value: null } }

/** No key, and keys that look like the right one; the right one is '' if it is not known. */
export function wrongKeys(key: string): WrongKey[] {
  const always = [
    NO_KEY,
    { about: 'an empty key', key: { value: '' } },
    { about: 'a wrong key', key: { value: 'wrong-key', shown: 'wrong-key' } },
  ]
  if (key.length < 2) return always
  const shorter = { value: key.slice(0, -1), shown: '$(printf %s "$INBOXES_API_KEY" | sed s/.$//)' }
  return [
    ...always,
    { about: 'a longer key', key: { value: `${key}-and-more`, shown: `${KEY_VARIABLE}-and-more` } },
    ...inOtherCase(key),
    { about: 'a shorter key', key: shorter },
  ]
}

/** Small letters for capitals and the other way round; none if the key has no letters. */
function inOtherCase(key: string): WrongKey[] {
  const value = key.replace(/[a-z]/gi, (letter) => (letter < 'a' ? letter.toLowerCase() : letter.toUpperCase()))
  const shown = '$(printf %s "$INBOXES_API_KEY" | tr a-zA-Z A-Za-z)'
  return value === key ? [] : [{ about: 'the key in other letters', key: { value, shown } }]
}
