import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { Answer, Exchange } from './exchange.ts'
import { matchOperation } from './match.ts'
import { makeRecords } from './records.ts'
import type { Seams } from './seams.ts'
import { serve } from './serve.ts'
import { makeStore, type Records } from './store.ts'

const BASE_PATH = '/v2'

/** What a server is made of. */
export interface ServerParts {
  readonly seams: readonly Seams[]
  readonly records?: Records
  readonly key?: string
  readonly now?: () => number
}

/** A server that listens; `url` ends in the base path. */
export interface RunningServer {
  readonly url: string
  readonly close: () => Promise<void>
}

/** Listens on a free port of the loopback. Each server has a store of its own. */
export async function listen(parts: ServerParts): Promise<RunningServer> {
  const { seams, records = makeRecords(), key = 'special-key', now = Date.now } = parts
  const store = makeStore(records)
  const server = createServer(async (message, response) => {
    const request = await readRequest(message)
    const exchange: Exchange = {
      request,
      store,
      key,
      now,
      match: matchOperation(request.method, request.path),
      input: { parameter: '', query: new Map(), body: undefined },
      type: undefined,
      reply: undefined,
    }
    await send(response, answerTo(exchange, seams), message.method === 'HEAD')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}${BASE_PATH}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function readRequest(message: IncomingMessage): Promise<Exchange['request']> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk)
  const [target = '', ...query] = (message.url ?? '').split('?')
  const headers = Object.entries(message.headers).map(([name, value]) => [name, String(value)])
  return {
    method: message.method ?? 'GET',
    path: target.startsWith(`${BASE_PATH}/`) ? target.slice(BASE_PATH.length) : '',
    query: query.join('?'),
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks),
  }
}

function answerTo(exchange: Exchange, seams: readonly Seams[]): Answer {
  try {
    return serve(exchange, seams)
  } catch {
    return { status: 500, headers: {}, body: Buffer.alloc(0) }
  }
}

async function send(response: ServerResponse, answer: Answer, isHead: boolean): Promise<void> {
  const { status, headers, body, delayMs, chunked, cut, undated } = answer
  if (delayMs) await delay(delayMs)
  if (cut) return void response.destroy()
  response.sendDate = !undated
  const length = chunked || status === 204 ? {} : { 'Content-Length': String(body.length) }
  response.writeHead(status, { ...length, ...headers })
  if (isHead) return void response.end()
  if (!chunked) return void response.end(body)
  for (let start = 0; start < body.length; start += CHUNK_BYTES)
    response.write(body.subarray(start, start + CHUNK_BYTES))
  response.end()
}

/** Small and odd, so that chunks split characters. */
const CHUNK_BYTES = 7
