import type { IncomingMessage, ServerResponse } from 'node:http'
import { type MockResponse, type Transmission, transmissionOf } from '../exchange/response.ts'
import { sleep } from '../sleep.ts'
import { DRAINING } from './drain.ts'

/** Sends a response over a socket in the way that it asks for; whole and at once without one. */
export function sendResponse(res: ServerResponse, response: MockResponse): Promise<void> | void {
  const transmission = response.transmission && transmissionOf(response, res.req.method ?? '')
  if (transmission) return TRANSMISSIONS[transmission.kind](res, response)
  sendWhole(res, response)
}

/** The body goes out as text: Node then writes head and body at once. A second write costs more than all our work. */
function sendWhole(res: ServerResponse, { status, headers, body = '', bytes }: MockResponse): void {
  const length = bytes?.length ?? Buffer.byteLength(body)
  res.writeHead(status, hasNoLength(status) ? headers : { 'Content-Length': length, ...headers })
  res.end(bytes ?? body)
}

/** A 304 may have the length of the body that it leaves out, and no other (RFC 9110, section 8.6). */
const hasNoLength = (status: number) => status === 204 || status === 304

const TRANSMISSIONS: {
  readonly [Kind in Transmission['kind']]: (res: ServerResponse, response: MockResponse) => Promise<void>
} = {
  reset: async (res) => {
    res.socket?.resetAndDestroy()
  },
  'empty-reply': async (res) => {
    await readToEnd(res.req)
    res.socket?.destroySoon()
  },
  'reset-in-body': async (res, response) => {
    await sendHalf(res, response)
    await sleep(SETTLE_MS)
    res.socket?.resetAndDestroy()
  },
  truncated: async (res, response) => {
    await sendHalf(res, response)
    await readToEnd(res.req)
    res.socket?.destroySoon()
  },
  'slow-body': sendSlowly,
  stream: async (res, response) => sendStream(res, response),
}

/** Time for the client to read: many take a reset that comes together with bytes for an orderly end. */
const SETTLE_MS = 50

async function sendSlowly(res: ServerResponse, response: MockResponse): Promise<void> {
  const { transmission } = response
  const { ms, chunks } = transmission?.kind === 'slow-body' ? transmission : { ms: 0, chunks: 1 }
  const bytes = sendHead(res, response)
  const size = Math.max(1, Math.ceil(bytes.length / chunks))
  for (let start = 0; start < bytes.length && !res.destroyed; start += size) {
    await sleep(ms / chunks)
    await sendBytes(res, bytes.subarray(start, start + size))
  }
  res.end()
}

async function sendHalf(res: ServerResponse, response: MockResponse): Promise<void> {
  const bytes = sendHead(res, response)
  await sendBytes(res, bytes.subarray(0, Math.floor(bytes.length / 2)))
}

/** Sends the head of a whole response; gives the bytes of the body. */
function sendHead(res: ServerResponse, { status, headers, body = '', ...rest }: MockResponse): Buffer {
  const bytes = Buffer.from(rest.bytes ?? body)
  res.writeHead(status, { ...headers, ...(status !== 204 && { 'Content-Length': bytes.length }) })
  res.flushHeaders()
  return bytes
}

/** Sends some bytes of the body, and waits until they have left. A client that has gone is no error. */
function sendBytes(res: ServerResponse, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    if (bytes.length === 0 || res.destroyed) resolve()
    else res.write(bytes, () => resolve())
  })
}

/** Waits until the request has come whole: closing a socket with unread bytes resets it. */
function readToEnd(req: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    if (req.readableEnded || req.destroyed) resolve()
    else req.on('end', resolve).on('close', resolve).resume()
  })
}

/** Sends the head, and then bytes until the source, the client or the server ends. Is done once the head was handed over. */
function sendStream(res: ServerResponse, { status, headers, transmission }: MockResponse): void {
  if (transmission?.kind !== 'stream') return
  const reader = transmission.source.getReader()
  const { socket } = res
  // To end a source that has failed is no error.
  const stop = () => void reader.cancel().catch(() => {})
  socket?.once(DRAINING, stop)
  res.once('close', () => {
    socket?.off(DRAINING, stop)
    stop()
  })
  res.writeHead(status, headers)
  res.flushHeaders()
  if (res.req.method === 'HEAD') stop()
  // A source that fails does so because the client reads nothing: no write would end.
  reader.closed.catch(() => res.destroy())
  void pump(reader, res, stop)
}

/** Waits for the client before it takes more: what is not taken stays with the source, which has a limit. */
async function pump(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  res: ServerResponse,
  stop: () => void,
): Promise<void> {
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done || res.destroyed) break
      await sendBytes(res, Buffer.from(value.buffer, value.byteOffset, value.byteLength))
    }
    res.end()
  } catch {
    res.destroy()
  } finally {
    // A client may have left before anything was sent: nobody else tells the source then.
    stop()
  }
}
