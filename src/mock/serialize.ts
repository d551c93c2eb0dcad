import { writeJson } from '../openapi/codecs/write-json.ts'
import { rootNameOf, writeXml } from '../openapi/codecs/write-xml.ts'
import { type Operation, responseFor } from '../openapi/operation.ts'
import type { Reply } from './reply.ts'

/** An answer as it goes out: no body where `text` is absent. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text?: string | undefined
}

/** Writes a judged reply in the media type that was agreed on. */
export function render(operation: Operation, reply: Reply, mediaType: string): Answer {
  const { status, headers = NO_HEADERS, value } = reply
  if (value === undefined) return { status, headers }
  const ofContent = isNegotiated(operation)
    ? { ...headers, Vary: 'Accept', 'Content-Type': mediaType }
    : { ...headers, 'Content-Type': mediaType }
  return { status, headers: ofContent, text: write(operation, reply, mediaType) }
}

const NO_HEADERS = {}

/** Where Accept decides, caches must know (RFC 9110, section 12.5.5). */
function isNegotiated(operation: Operation): boolean {
  return Object.keys(responseFor(operation, 200)?.content ?? {}).length > 1
}

function write(operation: Operation, { status, value }: Reply, mediaType: string): string {
  if (mediaType.endsWith('json')) return writeJson(value)
  if (mediaType !== 'application/xml') return String(value)
  const schema = responseFor(operation, status)?.content[mediaType]
  if (schema === undefined) throw new Error(`${operation.id} documents no ${mediaType} for ${status}.`)
  return writeXml(value, schema, rootNameOf(schema))
}
