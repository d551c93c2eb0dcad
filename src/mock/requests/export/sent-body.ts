import { redactBytes } from '../../../http/redaction/redact-text.ts'
import type { Exchange } from '../exchange.ts'

const NOT_KEPT = Buffer.from('(not kept)')

/** True where a body came that nobody read, since the request was refused before. */
export function isBodyLost({ requestBody, requestHeaders }: Exchange): boolean {
  const { 'content-length': length, 'transfer-encoding': coding } = requestHeaders
  return requestBody.length === 0 && (Number(length ?? 0) > 0 || coding !== undefined)
}

/** The body to send when the request is made again, without its secrets; another in place of one that nobody read. */
export function sentBody(exchange: Exchange): Buffer {
  return isBodyLost(exchange) ? NOT_KEPT : redactBytes(Buffer.from(exchange.requestBody))
}
