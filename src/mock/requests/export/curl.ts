import { type Recorded, shown } from '../entry.ts'
import { sentBody } from './sent-body.ts'

/** Headers that curl makes itself. */
const OWN = new Set(['host', 'connection', 'content-length', 'accept-encoding', 'user-agent', 'transfer-encoding'])

/** Addresses are sent as they stand: curl would read sets into `[]` and `{}`, and shorten `/../`. */
const CURL = 'curl --globoff --path-as-is'

/** The requests as commands of curl, one a line; keys are read from $INBOXES_API_KEY. `base` is where the mock was asked. */
export function exportCurl(records: readonly Recorded[], base: string): string {
  return records.map((record) => commandOf(record, base)).join('\n')
}

function commandOf(record: Recorded, base: string): string {
  const { method, target, headers } = shown(record)
  const body = bodyOf(sentBody(record.exchange))
  const how = method === 'HEAD' ? '-I' : `-X ${method}`
  return [body.before, CURL, how, ...flagsOf(headers, body.flag !== ''), body.flag, quoted(base + target)]
    .filter(Boolean)
    .join(' ')
}

/** Of a body without a type, curl would say that it is a form. */
function flagsOf(headers: Readonly<Record<string, string>>, hasBody: boolean): string[] {
  const kept = Object.entries(headers).filter(([name]) => !OWN.has(name))
  const untyped = hasBody && headers['content-type'] === undefined ? ["-H 'content-type:'"] : []
  return [...kept.map(([name, value]) => flagOf(name, value)), ...untyped]
}

/** A header without a value ends in a semicolon there. */
function flagOf(name: string, value: string): string {
  if (name === 'api_key') return '-H "api_key: $INBOXES_API_KEY"'
  return `-H ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`
}

/** Text as it is, never as the name of a file; bytes that a shell cannot hold come from base64. */
function bodyOf(bytes: Buffer): { readonly before: string; readonly flag: string } {
  const text = bytes.toString()
  if (bytes.length === 0) return { before: '', flag: '' }
  if (Buffer.from(text).equals(bytes) && !text.includes('\0')) return { before: '', flag: `--data-raw ${quoted(text)}` }
  return { before: `echo ${bytes.toString('base64')} | base64 -d |`, flag: '--data-binary @-' }
}

/** A word that no shell reads anything into. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
