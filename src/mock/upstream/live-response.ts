import type { Answer } from '../../http/answers/answer.ts'
import { strictTextOf, textOf } from '../../http/bytes.ts'
import type { MockResponse } from '../exchange/response.ts'

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

/** The answer of the live server as a response of the mock. */
export function toResponse({ status, headers, bytes }: Answer, isHead: boolean): MockResponse {
  const named = (headers.connection ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
  const kept = Object.entries(headers).filter(
    ([name]) =>
      !OWN.has(name) &&
      !named.includes(name) &&
      !name.startsWith('access-control-') &&
      ((isHead && bytes.length === 0) || name !== 'content-length'),
  )
  const all = { ...Object.fromEntries(kept.map(([name, value]) => [titled(name), value])), ...LIVE }
  if (EMPTY.has(status)) return { status, headers: all }
  const text = textOnce(bytes)
  return text === undefined
    ? { status, headers: all, body: textOf(bytes), bytes }
    : { status, headers: all, body: text }
}

/** As the mock writes its own names, so that neither a header is sent twice, nor is one passed over. */
const titled = (name: string) => name.replace(/(^|-)[a-z]/g, (letters) => letters.toUpperCase())
