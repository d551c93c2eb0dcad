import { writeJson } from '../openapi/codecs/write-json.ts'
import { rootNameOf, writeXml } from '../openapi/codecs/write-xml.ts'
import { type Operation, responseFor, successTypesOf } from '../openapi/operation.ts'
import { plainText } from '../openapi/plain-text.ts'
import type { Reply } from './exchange/reply.ts'
import type { MockResponse } from './exchange/response.ts'

/** Serializes a validated reply in the negotiated media type. */
export function serialize(operation: Operation, reply: Reply, mediaType: string): MockResponse {
  const { status, value } = reply
  const headers = reply.marks ? { ...reply.headers, ...reply.marks } : (reply.headers ?? NO_HEADERS)
  if (value === undefined) return { status, headers }
  const ofContent = isNegotiated(operation)
    ? { ...headers, Vary: 'Accept', 'Content-Type': mediaType }
    : { ...headers, 'Content-Type': mediaType }
  return { status, headers: ofContent, body: write(operation, reply, mediaType) }
}

const NO_HEADERS = {}

/** Caches must know that Accept decides (RFC 9110, section 12.5.5). */
const isNegotiated = (operation: Operation): boolean => successTypesOf(operation).length > 1

function write(operation: Operation, { status, value }: Reply, mediaType: string): string {
  if (mediaType.endsWith('json')) return writeJson(value)
  if (mediaType !== 'application/xml') return plainText(value)
  const schema = responseFor(operation, status)?.content[mediaType]
  if (schema === undefined) throw new Error(`${operation.id} documents no ${mediaType} for ${status}.`)
  return writeXml(value, schema, rootNameOf(schema))
}
