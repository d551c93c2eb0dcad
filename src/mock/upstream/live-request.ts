import type { MockRequest, RequestHeaders } from '../exchange/request.ts'
import { splitTarget } from '../exchange/request-target.ts'
import { connectionNames } from './connection-names.ts'

/** Names this mock to others of its kind, so that none asks itself. */
export const TRAIL_HEADER = 'x-mock-upstream'

/** Headers of one connection (RFC 9110, section 7.6.1), those that this hop sets itself, and what is between the client and the mock. */
const OWN = new Set([
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'cookie',
  'expect',
  'host',
  'keep-alive',
  'origin',
  'prefer',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'referer',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  TRAIL_HEADER,
  'x-mock-session',
])

/** A cached answer would be no answer to remember. */
const CONDITIONS = new Set([
  'if-none-match',
  'if-modified-since',
  'if-match',
  'if-unmodified-since',
  'if-range',
  'range',
])

/** Which key goes to the live server. */
export interface Keys {
  /** The key of the live server; undefined to send the client's. */
  readonly live: string | undefined
  /** The keys of the mock. */
  readonly accepted: readonly string[]
  /** The name of this mock. */
  readonly name: string
}

/** The headers for the live server. A key that the mock accepts becomes the live one; any other stays as it is. */
export function headersFor(headers: RequestHeaders, keys: Keys, isRead: boolean): Record<string, string> {
  const named = connectionNames(headers.connection)
  const sent: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    const isOwn = OWN.has(name) || name.startsWith('sec-') || name.startsWith('access-control-')
    const isKept = !isOwn && !named.includes(name)
    if (value !== undefined && isKept && !(isRead && CONDITIONS.has(name))) sent[name] = String(value)
  }
  const key = keyFor(headers, keys)
  if (key !== undefined) sent.api_key = key
  const trail = headers[TRAIL_HEADER]
  sent['accept-encoding'] = 'gzip, deflate, br'
  sent[TRAIL_HEADER] = trail === undefined ? keys.name : `${trail}, ${keys.name}`
  return sent
}

function keyFor({ api_key: key }: RequestHeaders, { live, accepted }: Keys): string | undefined {
  if (key === undefined) return undefined
  return live !== undefined && accepted.includes(String(key)) ? live : String(key)
}

/** The path below the base path, with the query, as the client sent it. What no request line can carry is encoded. */
export function pathFor({ target }: MockRequest, basePath: string): string {
  const { path, search } = splitTarget(target)
  const below = path.startsWith(basePath) ? path.slice(basePath.length) : path
  const whole = search === '' ? below : `${below}?${search}`
  return whole.replace(/[^\x21-\x7e]/gu, (character) => encodeURIComponent(character))
}

/** True if the request has come through this mock before. */
export const hasPassed = (headers: RequestHeaders, name: string): boolean =>
  String(headers[TRAIL_HEADER] ?? '')
    .split(',')
    .some((passed) => passed.trim() === name)
