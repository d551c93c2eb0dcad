import type { RequestHeaders } from '../exchange/request.ts'

/** Whether a client takes gzip (RFC 9110, section 12.5.3); one that names no coding has said nothing of it. */
export function acceptsGzip(header: RequestHeaders[string]): boolean {
  const entries = header === undefined ? [] : String(header).toLowerCase().split(',')
  const qualities = new Map(entries.map(qualityOf))
  return (qualities.get('gzip') ?? qualities.get('x-gzip') ?? qualities.get('*') ?? 0) > 0
}

function qualityOf(entry: string): [coding: string, quality: number] {
  const [coding = '', ...parameters] = entry.split(';').map((part) => part.trim())
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
  return [coding, weight === undefined ? 1 : Number(weight) || 0]
}
