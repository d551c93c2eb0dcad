import type { Answer } from '../../http/answers/answer.ts'
import { strictTextOf, textOf } from '../../http/bytes.ts'
import type { MockResponse } from '../exchange/response.ts'
import { connectionNames } from './connection-names.ts'

/** Where an answer came from, and why it is not the live server's. */
export type Reason = 'changed-here' | 'down' | 'mocked' | 'paused'

export const SOURCE = 'X-Mock-Source'
export const REASON = 'X-Mock-Reason'

export const LIVE: Readonly<Record<string, string>> = { [SOURCE]: 'live' }

export const mockedFor = (reason: Reason): Readonly<Record<string, string>> => ({ [SOURCE]: 'mock', [REASON]: reason })

/** Headers of one connection, those that the sender sets, and those that are between a page and the live server. */
const OWN = new Set([
  'connection',
  'content-encoding',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'set-cookie',
  'strict-transport-security',
  'alt-svc',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-mock-source',
  'x-mock-reason',
])

const EMPTY = new Set([204, 205, 304])

/** The texts of bytes that come again and again. */
const texts = new WeakMap<Uint8Array, { readonly text: string | undefined }>()

function textOnce(bytes: Uint8Array): string | undefined {
  const known = texts.get(bytes) ?? { text: strictTextOf(bytes) }
  texts.set(bytes, known)
  return known.text
}

/** Bytes from which on a body is sent as bytes: to encode its text again costs more than a write of two parts. */
const LARGE = 4096

/** The answer of the live server as a response of the mock. */
export function toResponse({ status, headers, bytes }: Answer, isHead: boolean): MockResponse {
  const kept = keptOf(headers, isHead && bytes.length === 0)
  if (EMPTY.has(status)) return { status, headers: kept }
  const text = textOnce(bytes)
  return text === undefined || bytes.length >= LARGE
    ? { status, headers: kept, body: text ?? textOf(bytes), bytes }
    : { status, headers: kept, body: text }
}

function keptOf(headers: Answer['headers'], isLengthKept: boolean): Record<string, string> {
  const named = connectionNames(headers.connection)
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    const isOwn = OWN.has(name) || named.includes(name) || name.startsWith('access-control-')
    if (!isOwn && (isLengthKept || name !== 'content-length')) kept[USUAL.get(name) ?? titled(name)] = value
  }
  return Object.assign(kept, LIVE)
}

/** As the mock writes its own names, so that neither a header is sent twice, nor is one passed over. */
const titled = (name: string) => name.replace(/(^|-)[a-z]/g, (letters) => letters.toUpperCase())

/** Most answers have these names. */
const USUAL: ReadonlyMap<string, string> = new Map(
  [
    'allow',
    'cache-control',
    'content-length',
    'content-type',
    'date',
    'etag',
    'retry-after',
    'server',
    'vary',
    'via',
    'x-expires-after',
    'x-powered-by',
    'x-rate-limit',
    'x-request-id',
  ].map((name) => [name, titled(name)]),
)
