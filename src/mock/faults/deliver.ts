import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Answer } from '../serialize.ts'

/** Sends the head for a whole answer and gives the body's bytes. */
export function sendHead(res: ServerResponse, { status, headers, text = '' }: Answer): Buffer {
  const bytes = Buffer.from(text)
  res.writeHead(status, { ...headers, ...(status !== 204 && { 'Content-Length': bytes.length }) })
  res.flushHeaders()
  return bytes
}

/** Sends some bytes of the body, and waits until they have left. A client that has gone is no error. */
export function sendBytes(res: ServerResponse, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    if (bytes.length === 0 || res.destroyed) resolve()
    else res.write(bytes, () => resolve())
  })
}

/** Sends the head and the first half of the body. */
export async function sendHalf(res: ServerResponse, answer: Answer): Promise<void> {
  const bytes = sendHead(res, answer)
  await sendBytes(res, bytes.subarray(0, Math.floor(bytes.length / 2)))
}

/** Waits until the request has come whole: a socket that is closed over unread bytes is reset instead. */
export function drain(req: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    if (req.readableEnded || req.destroyed) resolve()
    else req.on('end', resolve).on('close', resolve).resume()
  })
}

/** The answer of a request that gets none, for the journal. */
export const NO_ANSWER: Answer = { status: 0, headers: {} }
