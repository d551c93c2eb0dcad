import { type Answer, mediaTypeOf } from '../../http/answers/answer.ts'
import { decodeContent, unknownCodings } from '../../http/answers/content-codings.ts'
import { MAX_HEADER_BYTES } from '../../http/transport/socket-transport.ts'
import { FAILURE, type Sent } from '../../http/transport/transport.ts'

/** The outcome of asking the live server. `why` is a sentence without its subject. */
export type Outcome =
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** It is down, or so far away that it looks like it. */
  | { readonly kind: 'down'; readonly why: string; readonly answer?: Answer }
  /** The answer is none of the API. */
  | { readonly kind: 'unusable'; readonly why: string; readonly answer?: Answer }

/** An outcome with the time that it took, in milliseconds. */
export interface Asked {
  readonly outcome: Outcome
  readonly ms: number
}

/** Statuses of a gateway whose server is down (RFC 9110, section 15.6), and of a server that is not all there yet. */
const DOWN = new Set([501, 502, 503, 504])

/** Reads what was received. Its Content-Encoding is undone. */
export function outcomeOf({ answer, failure, code = '' }: Sent, maxBytes: number): Outcome {
  if (answer === undefined) return failureOf(failure, code, maxBytes)
  const { status, headers } = answer
  if (status < 200) return { kind: 'unusable', why: `switched protocols (${status})`, answer }
  if (status >= 300 && status < 400 && status !== 304)
    return { kind: 'unusable', why: `redirects (${status}), and redirects are not followed`, answer }
  const encoding = headers['content-encoding'] ?? ''
  const plain = encoding === '' || answer.bytes.length === 0 ? answer : decoded(answer, encoding, maxBytes)
  if (typeof plain === 'string') return { kind: 'unusable', why: plain, answer }
  if (isPage(plain)) return { kind: 'unusable', why: 'answered with a page in HTML, such as one to log in', answer }
  if (DOWN.has(status)) return { kind: 'down', why: `answered ${status}`, answer: plain }
  return { kind: 'answer', answer: plain }
}

function decoded(answer: Answer, encoding: string, maxBytes: number): Answer | string {
  const [unknown] = unknownCodings(encoding)
  if (unknown !== undefined) return `sent a Content-Encoding that nobody asked for (${unknown.slice(0, 30)})`
  const bytes = decodeContent(answer.bytes, encoding, maxBytes)
  if (bytes === 'too long') return `answered with more than ${maxBytes} bytes, which were compressed`
  if (bytes === 'malformed') return `said Content-Encoding: ${encoding.slice(0, 30)} of bytes that are not`
  const { 'content-encoding': _undone, 'content-length': _before, ...headers } = answer.headers
  return { ...answer, headers, bytes }
}

/** A success that is a page. The page of an error is one of the ways to say it. */
function isPage(answer: Answer): boolean {
  if (answer.status >= 300) return false
  const start = answer.bytes.subarray(0, PAGE_START).toString('latin1')
  const isCalledPage = ['text/html', 'application/xhtml+xml'].includes(mediaTypeOf(answer))
  return isCalledPage ? /^(\xef\xbb\xbf)?\s*</.test(start) : /^<(!doctype\s+html|html)[\s>]/i.test(rootIn(start))
}

/** Bytes in which a page shows itself, whatever its Content-Type says. */
const PAGE_START = 1000

/** The parts that may stand before the root of a page, by their first and last signs. */
const BEFORE_ROOT = [
  ['<?xml', '>'],
  ['<!--', '-->'],
] as const

/** The text from its root on, or from the first thing that may not stand before one. */
function rootIn(start: string): string {
  const text = start.replace(/^\xef\xbb\xbf/, '').trimStart()
  const [, end] = BEFORE_ROOT.find(([first]) => text.startsWith(first)) ?? []
  const at = end === undefined ? -1 : text.indexOf(end)
  return end === undefined || at === -1 ? text : rootIn(text.slice(at + end.length))
}

function failureOf(failure: string, code: string, maxBytes: number): Outcome {
  if (code === FAILURE.tooLong) return { kind: 'unusable', why: `answered with ${tooLong(failure, maxBytes)}` }
  if (code === 'HPE_HEADER_OVERFLOW')
    return { kind: 'unusable', why: `sent headers of more than ${MAX_HEADER_BYTES} bytes` }
  if (code.startsWith('HPE_')) return { kind: 'unusable', why: `does not speak HTTP as it should (${failure})` }
  if (code === 'ECONNREFUSED') return { kind: 'down', why: 'refuses connections' }
  if (/^(ENOTFOUND|EAI_)/.test(code)) return { kind: 'down', why: `has a name that is not known here (${code})` }
  if (/CERT|SELF_SIGNED|UNABLE_TO/.test(code))
    return { kind: 'down', why: `has a certificate that is not trusted (${code}); --ca FILE names an authority` }
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_')) return { kind: 'down', why: tlsProblem(failure, code) }
  return { kind: 'down', why: `gave no answer: ${failure.split('\n')[0]}` }
}

/** OpenSSL calls an answer in plain HTTP a wrong version. */
const tlsProblem = (failure: string, code: string) =>
  /wrong.version.number/i.test(failure + code)
    ? 'speaks no TLS here; perhaps a URL with http: is meant'
    : `cannot agree on TLS (${/SSL routines:[^:]*:([^:]+)/.exec(failure)?.[1] ?? code})`

const tooLong = (failure: string, maxBytes: number) =>
  failure.includes('bytes') ? `more than ${maxBytes} bytes` : failure
