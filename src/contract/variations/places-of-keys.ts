import { isObject } from '../../openapi/json-object.ts'
import { BASIC } from './basic-keys.ts'
import type { Change, Plain, Variation } from './variation.ts'

type Place = readonly [about: string, change: (key: string, plain: Plain) => Change | undefined]

const inHeader = (name: string): Place => [`the key in ${name}`, (key) => ({ headers: { [name]: key } })]

/** Values of Authorization, by the scheme that they follow. */
const AUTHORIZATIONS: Readonly<Record<string, (key: string) => string>> = {
  'without a scheme': (key) => key,
  'as Bearer': (key) => `Bearer ${key}`,
  'as ApiKey': (key) => `ApiKey ${key}`,
  'as api_key': (key) => `api_key ${key}`,
  'as Token': (key) => `Token ${key}`,
  ...Object.fromEntries(Object.entries(BASIC).map(([how, encode]) => [how, (key: string) => `Basic ${encode(key)}`])),
}

/**
 * Places from which servers take a key besides. The header `Api-Key` is none of them: to CGI, WSGI and PHP it is the same
 * variable as `api_key`.
 */
const PLACES: readonly Place[] = [
  ...['api_key', 'apikey', 'api-key', 'key', 'token', 'access_token', 'API_KEY'].map(
    (name): Place => [`the key in the query, as ${name}`, (key) => ({ query: `${name}=${encodeURIComponent(key)}` })],
  ),
  ...['api_key', 'apikey', 'session', 'token'].map(
    (name): Place => [
      `the key in a cookie, as ${name}`,
      (key) => ({ headers: { Cookie: `${name}=${encodeURIComponent(key)}` } }),
    ],
  ),
  ...Object.entries(AUTHORIZATIONS).map(
    ([how, spell]): Place => [
      `the key in Authorization, ${how}`,
      (key) => ({ headers: { Authorization: spell(key) } }),
    ],
  ),
  ...['X-API-Key', 'X-Api_Key', 'apikey', 'X-Auth-Token', 'X-Access-Token', 'X-Token'].map(inHeader),
  [
    'the key in the form',
    (key, { sending: { body, type = '' } }) =>
      /urlencoded/.test(type) ? { body: `${body}&api_key=${encodeURIComponent(key)}` } : undefined,
  ],
  [
    'the key in the body',
    (key, { sending: { json } }) =>
      isObject(json) ? { body: JSON.stringify({ ...json, api_key: key }), type: 'application/json' } : undefined,
  ],
]

/** The places that servers take a key from most. */
const OFTEN: readonly string[] = [
  'the key in a cookie, as api_key',
  'the key in Authorization, as Bearer',
  'the key in Authorization, as the user of Basic',
  'the key in X-API-Key',
  'the key in the form',
  'the key in the body',
]

/** The right key at each place but its own: the reference knows the header api_key alone. */
export const placesOfKeys: readonly Variation[] = PLACES.map(([about, change]) => ({
  about,
  demand: 'closed',
  ...(!OFTEN.includes(about) && { isRare: true }),
  change: (plain) => {
    const changed = plain.key ? change(plain.key, plain) : undefined
    return changed && { ...changed, key: { value: null } }
  },
}))
