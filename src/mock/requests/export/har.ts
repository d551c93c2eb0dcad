import type { Entry, Har, PostData, Request, Response } from 'har-format'
import { bytesOf, textOf } from '../../../http/bytes.ts'
import { REASON_PHRASES } from '../../../http/reason-phrase.ts'
import { isLogin } from '../../../http/redaction/redact.ts'
import { redactBytes, redactText } from '../../../http/redaction/redact-text.ts'
import { HIDDEN } from '../../../http/redaction/secret.ts'
import { type Recorded, toEntry } from '../entry.ts'
import type { Exchange } from '../exchange.ts'

const HTTP_VERSION = 'HTTP/1.1'

/** The requests as an HTTP archive (HAR 1.2), for browsers' tools. `base` is the address of the mock. */
export function exportHar(records: readonly Recorded[], base: string, version: string): Har {
  return {
    log: {
      version: '1.2',
      creator: { name: 'inboxes-mock', version },
      entries: records.map((record) => entryOf(record, base)),
    },
  }
}

function entryOf(record: Recorded, base: string): Entry {
  const { milliseconds } = record.exchange
  return {
    startedDateTime: new Date(record.at).toISOString(),
    time: milliseconds,
    request: requestOf(record, base),
    response: responseOf(record.exchange),
    cache: {},
    timings: { send: 0, wait: milliseconds, receive: 0 },
  }
}

function requestOf(record: Recorded, base: string): Request {
  const { requestBody } = record.exchange
  const { method, target, headers } = toEntry(record)
  return {
    method,
    url: base + target,
    httpVersion: HTTP_VERSION,
    cookies: [],
    headers: pairs(headers),
    queryString: named(new URLSearchParams(target.slice(target.indexOf('?') + 1 || target.length))),
    headersSize: -1,
    bodySize: requestBody.length,
    ...(requestBody.length > 0 && { postData: postDataOf(requestBody, headers['content-type'] ?? '') }),
  }
}

const postDataOf = (body: Uint8Array, mimeType: string): PostData => ({ mimeType, text: textOf(redactBytes(body)) })

function responseOf(exchange: Exchange): Response {
  const { status, responseHeaders, responseText } = exchange
  const size = bytesOf(responseText).length
  return {
    status,
    statusText: REASON_PHRASES[status] ?? '',
    httpVersion: HTTP_VERSION,
    cookies: [],
    headers: pairs(responseHeaders),
    content: { size, mimeType: responseHeaders['Content-Type'] ?? '', text: responseTextOf(exchange) },
    redirectURL: '',
    headersSize: -1,
    bodySize: size,
  }
}

/** The answer to a login is a token. */
const responseTextOf = ({ target, responseText }: Exchange) => (isLogin(target) ? HIDDEN : redactText(responseText))

const pairs = (values: Readonly<Record<string, string>>) => named(Object.entries(values))

/** A name may come more than once. */
const named = (values: Iterable<[string, string]>) => [...values].map(([name, value]) => ({ name, value }))
