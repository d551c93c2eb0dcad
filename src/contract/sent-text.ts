import { decodeContent } from '../http/answers/content-codings.ts'
import type { Request } from './interaction.ts'

/** More than any body of a run takes, in bytes. */
const MOST = 32 * 1024 * 1024

/** The text of a body as a server may read it, its content codings undone. */
export function sentText({ headers, body }: Pick<Request, 'headers' | 'body'>): string {
  if (body === undefined) return ''
  const coding = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-encoding')?.[1] ?? ''
  const content = decodeContent(body, coding, MOST)
  return typeof content === 'string' ? body.toString() : textOf(content)
}

/** UTF-16 has a zero in every second byte of ASCII. */
function textOf(bytes: Buffer): string {
  const [first, second] = bytes.subarray(0, 64).includes(0) ? [bytes[0], bytes[1]] : []
  if (first === 0 || first === 0xfe)
    return Buffer.from(bytes.subarray(0, bytes.length & ~1))
      .swap16()
      .toString('utf16le')
  return second === 0 || first === 0xff ? bytes.toString('utf16le') : bytes.toString()
}
