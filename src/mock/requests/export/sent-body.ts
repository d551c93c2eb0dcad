import { bytesOf } from '../../../http/bytes.ts'
import type { Redaction } from '../../../http/redaction/redaction.ts'
import type { Exchange } from '../exchange.ts'

/** True if a body came that was not read, since the request was refused before. */
function isBodyLost({ requestBody, requestHeaders }: Exchange): boolean {
  const { 'content-length': length, 'transfer-encoding': coding } = requestHeaders
  return requestBody.length === 0 && (Number(length ?? 0) > 0 || coding !== undefined)
}

/** The body to send when the request is made again, without its secrets; another in place of one that was not read. */
export function sentBody(exchange: Exchange, redaction: Redaction): Uint8Array {
  const { requestBody, requestHeaders } = exchange
  return isBodyLost(exchange)
    ? bytesOf('(not kept)')
    : redaction.bytes(requestBody, String(requestHeaders['content-type'] ?? ''))
}
