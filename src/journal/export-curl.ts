import { type Recorded, shown } from './entry.ts'
import { redactText } from './redact.ts'

/** Headers that curl makes itself. */
const OWN = new Set(['host', 'connection', 'content-length', 'accept-encoding', 'user-agent', 'transfer-encoding'])

/** The requests as commands of curl, one a line; keys are read from $INBOXES_API_KEY. `base` is where the mock was asked. */
export function exportCurl(records: readonly Recorded[], base: string): string {
  return records.map((record) => commandOf(record, base)).join('\n')
}

function commandOf(record: Recorded, base: string): string {
  const { method, target, headers } = shown(record)
  const kept = Object.entries(headers).filter(([name]) => !OWN.has(name))
  const flags = kept.map(([name, value]) =>
    name === 'api_key' ? '-H "api_key: $INBOXES_API_KEY"' : `-H ${quoted(`${name}: ${value}`)}`,
  )
  const body =
    record.exchange.requestBody.length > 0
      ? [`--data-binary ${quoted(redactText(record.exchange.requestBody.toString()))}`]
      : []
  const how = method === 'HEAD' ? '-I' : `-X ${method}`
  return ['curl', how, ...flags, ...body, quoted(base + target)].join(' ')
}

/** A word that no shell reads anything into. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
