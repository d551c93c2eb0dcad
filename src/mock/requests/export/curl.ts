import { type CurlRequest, type CurlStyle, curlCommand, KEY_VARIABLE } from '../../../http/curl.ts'
import type { Redaction } from '../../../http/redaction/redaction.ts'
import { type Recorded, toEntry } from '../entry.ts'
import { sentBody } from './sent-body.ts'

/** Headers that curl makes itself. */
const OWN = new Set(['host', 'connection', 'content-length', 'accept-encoding', 'user-agent', 'transfer-encoding'])

/**
 * Sends the very same request. Without these options curl would read sets into `[]` and `{}`, and shorten `/../`; with
 * `--data-binary` a text that starts with `@` would name a file.
 */
const STYLE: CurlStyle = {
  options: ['--globoff', '--path-as-is'],
  data: '--data-raw',
  impliesMethod: false,
  urlFirst: false,
}

/** The requests as commands of curl, one a line; the key is read from its variable. `base` is the address of the mock. */
export function exportCurl(records: readonly Recorded[], base: string, redaction: Redaction): string {
  return records.map((record) => curlCommand(requestOf(record, base, redaction), STYLE)).join('\n')
}

function requestOf(record: Recorded, base: string, redaction: Redaction): CurlRequest {
  const { method, target, headers } = toEntry(record, redaction)
  const body = sentBody(record.exchange, redaction)
  const hasBody = body.length > 0
  return { method, url: base + target, headers: headersOf(headers, hasBody), ...(hasBody && { body }) }
}

/** Of a body without a type, curl would say that it is a form. */
function headersOf(headers: Readonly<Record<string, string>>, hasBody: boolean): CurlRequest['headers'] {
  const kept = Object.entries(headers).filter(([name]) => !OWN.has(name))
  const sent = kept.map(([name, value]) => [name, name === 'api_key' ? { shell: KEY_VARIABLE } : value] as const)
  const isUntyped = hasBody && headers['content-type'] === undefined
  return isUntyped ? [...sent, ['content-type', null]] : sent
}
