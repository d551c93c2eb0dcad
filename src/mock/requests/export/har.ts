import { STATUS_CODES } from 'node:http'
import { isLogin } from '../../../http/redaction/redact.ts'
import { redactBytes, redactText } from '../../../http/redaction/redact-text.ts'
import { HIDDEN } from '../../../http/redaction/secret.ts'
import { type Recorded, shown } from '../entry.ts'
import type { Exchange } from '../exchange.ts'

/** The requests as an HTTP archive (HAR 1.2), for browsers' tools. `base` is where the mock was asked. */
export function exportHar(records: readonly Recorded[], base: string, version: string): unknown {
  return {
    log: {
      version: '1.2',
      creator: { name: 'inboxes-mock', version },
      entries: records.map((record) => entryOf(record, base)),
    },
  }
}

function entryOf(record: Recorded, base: string) {
  const { exchange } = record
  const { at, method, target, headers } = shown(record)
  return {
    startedDateTime: at,
    time: exchange.milliseconds,
    request: {
      method,
      url: base + target,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairs(headers),
      queryString: named(new URLSearchParams(target.slice(target.indexOf('?') + 1 || target.length))),
      headersSize: -1,
      bodySize: exchange.requestBody.length,
      ...(exchange.requestBody.length > 0 && {
        postData: {
          mimeType: headers['content-type'] ?? '',
          text: redactBytes(Buffer.from(exchange.requestBody)).toString(),
        },
      }),
    },
    response: {
      status: exchange.status,
      statusText: STATUS_CODES[exchange.status] ?? '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairs(exchange.responseHeaders),
      content: {
        size: Buffer.byteLength(exchange.responseText),
        mimeType: exchange.responseHeaders['Content-Type'] ?? '',
        text: responseTextOf(exchange),
      },
      redirectURL: '',
      headersSize: -1,
      bodySize: Buffer.byteLength(exchange.responseText),
    },
    cache: {},
    timings: { send: 0, wait: exchange.milliseconds, receive: 0 },
  }
}

/** What a login gives is a token. */
const responseTextOf = ({ target, responseText }: Exchange) => (isLogin(target) ? HIDDEN : redactText(responseText))

const pairs = (values: Readonly<Record<string, string>>) => named(Object.entries(values))

/** A name may come more than once. */
const named = (values: Iterable<[string, string]>) => [...values].map(([name, value]) => ({ name, value }))
