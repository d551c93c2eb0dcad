import type { BodyBytes, RequestHeaders } from '../exchange/request.ts'
import type { Decompress } from './content-codings.ts'

/** Reads a body of at most so many bytes, and undoes its Content-Encoding by a table of codings. A body of an unknown coding is not read. */
export async function readContent(
  headers: RequestHeaders,
  codings: Readonly<Record<string, Decompress>>,
  most: number,
  read: () => Promise<BodyBytes>,
): Promise<BodyBytes> {
  const { 'content-encoding': coding } = headers
  if (coding === undefined) return read()
  const name = String(coding).toLowerCase()
  const decompress = Object.hasOwn(codings, name) ? codings[name] : undefined
  if (decompress === undefined) return 'unknown-coding'
  const bytes = await read()
  return typeof bytes === 'string' || bytes.length === 0 ? bytes : decompress(bytes, most)
}
