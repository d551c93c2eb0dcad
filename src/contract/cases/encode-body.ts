import { rootNameOf, writeXml } from '../../openapi/codecs/write-xml.ts'
import type { Schema } from '../../openapi/schema.ts'
import type { Sending } from '../sending.ts'

export const JSON_TYPE = 'application/json'
export const XML_TYPE = 'application/xml'
export const FORM_TYPE = 'application/x-www-form-urlencoded'

/** A body before it is written in its media type. */
export interface Body {
  readonly type: string
  readonly schema: Schema
  readonly value: unknown
}

/** Writes the body as its media type asks for; a value that is no record is sent as text. */
export function encodeBody({ type, schema, value }: Body): Pick<Sending, 'json' | 'body' | 'type'> {
  if (type === JSON_TYPE) return { json: value }
  if (type === XML_TYPE) return { type, body: writeXml(value, schema, rootNameOf(schema)) }
  if (type === FORM_TYPE) return { type, body: new URLSearchParams(textsOf(value)).toString() }
  if (type === 'multipart/form-data') return { type: MULTIPART_TYPE, body: encodeMultipart(partsOf(schema, value)) }
  return { type, body: typeof value === 'string' ? value : JSON.stringify(value) }
}

const textsOf = (value: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(Object(value)).map(([name, field]) => [name, String(field)]))

/** Some servers take no boundary of fewer than 27 characters. */
const BOUNDARY = 'contract-boundary-7d0f3c21a9b84e56'

/** The Content-Type of a multipart body. */
export const MULTIPART_TYPE = `multipart/form-data; boundary=${BOUNDARY}`

/** One part of a multipart body (RFC 7578): a file if it has a file name. */
export interface Part {
  readonly name: string
  readonly content: string | Buffer
  readonly filename?: string
  readonly type?: string
}

const partsOf = (schema: Schema, value: unknown): Part[] =>
  Object.entries(textsOf(value)).map(([name, content]) => ({
    name,
    content,
    ...(schema.properties[name]?.format === 'binary' && { filename: name, type: 'application/octet-stream' }),
  }))

export function encodeMultipart(parts: readonly Part[], boundary = BOUNDARY): Buffer {
  const written = parts.flatMap(({ name, content, filename, type }) => {
    const disposition = `form-data; name="${name}"${filename === undefined ? '' : `; filename="${filename}"`}`
    const head = [`--${boundary}`, `Content-Disposition: ${disposition}`, ...(type ? [`Content-Type: ${type}`] : [])]
    return [Buffer.from(`${head.join('\r\n')}\r\n\r\n`), Buffer.from(content), Buffer.from('\r\n')]
  })
  return Buffer.concat([...written, Buffer.from(`--${boundary}--\r\n`)])
}
