import type { Entry, Har, PostData, Request, Response } from 'har-format'
import { bytesOf, textOf } from '../../../http/bytes.ts'
import { REASON_PHRASES } from '../../../http/reason-phrase.ts'
import { isLogin, type Redaction } from '../../../http/redaction/redaction.ts'
import { HIDDEN } from '../../../http/redaction/secret-values.ts'
import { type Recorded, toEntry } from '../entry.ts'
import type { Exchange } from '../exchange.ts'

const HTTP_VERSION = 'HTTP/1.1'

/** How an archive is written. */
export interface HarOptions {
  /** The address of the mock. */
  readonly base: string
  /** The version of this package. */
  readonly version: string
  readonly redaction: Redaction
}

/** The requests as an HTTP archive (HAR 1.2), for browsers' tools. */
export function exportHar(records: readonly Recorded[], options: HarOptions): Har {
  const { version } = options
  return {
    log: {
      version: '1.2',
      creator: { name: 'inboxes-mock', version },
      entries: records.map((record) => entryOf(record, options)),
    },
  }
}

function entryOf(record: Recorded, options: HarOptions): Entry {
  const { milliseconds } = record.exchange
  return {
    startedDateTime: new Date(record.at).toISOString(),
    time: milliseconds,
    request: requestOf(record, options),
    response: responseOf(record.exchange, options),
    cache: {},
    ...(record.truncated && { comment: 'The bodies were too large to be kept.' }),
    timings: { send: 0, wait: milliseconds, receive: 0 },
  }
}

function requestOf(record: Recorded, { base, redaction }: HarOptions): Request {
  const { requestBody } = record.exchange
  const { method, target, headers } = toEntry(record, redaction)
  return {
    method,
    url: base + target,
    httpVersion: HTTP_VERSION,
    cookies: [],
    headers: pairs(headers),
    queryString: named(new URLSearchParams(target.slice(target.indexOf('?') + 1 || target.length))),
    headersSize: -1,
    bodySize: requestBody.length,
    ...(requestBody.length > 0 && { postData: postDataOf(requestBody, headers['content-type'] ?? '', redaction) }),
  }
}

const postDataOf = (body: Uint8Array, mimeType: string, redaction: Redaction): PostData => ({
  mimeType,
  text: textOf(redaction.bytes(body, mimeType)),
})

function responseOf(exchange: Exchange, { redaction }: HarOptions): Response {
  const { status, responseHeaders, responseText } = exchange
  const size = bytesOf(responseText).length
  return {
    status,
    statusText: REASON_PHRASES[status] ?? '',
    httpVersion: HTTP_VERSION,
    cookies: [],
    headers: pairs(redaction.headers(responseHeaders)),
    content: { size, mimeType: responseHeaders['Content-Type'] ?? '', text: responseTextOf(exchange, redaction) },
    redirectURL: '',
    headersSize: -1,
    bodySize: size,
  }
}

/** The answer to a login is a token. */
const responseTextOf = ({ target, responseText }: Exchange, redaction: Redaction) =>
  isLogin(target) ? HIDDEN : redaction.body(responseText)

const pairs = (values: Readonly<Record<string, string>>) => named(Object.entries(values))

/** A name may come more than once. */
const named = (values: Iterable<[string, string]>) => [...values].map(([name, value]) => ({ name, value }))
