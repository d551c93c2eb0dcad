import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { Application } from './application.ts'
import type { Answer, Incoming } from './handling.ts'

const BASE_PATH = '/v2'

/** A server that listens; `url` ends in the base path. */
export interface RunningServer {
  readonly url: string
  readonly close: () => Promise<void>
}

/** Listens on a free port of the loopback. */
export async function listen({ answer }: Application): Promise<RunningServer> {
  const respond = async (message: IncomingMessage, response: ServerResponse) =>
    send(response, answer(await readRequest(message)), message.method === 'HEAD')
  const server = createServer((message, response) => {
    respond(message, response).catch(() => response.destroy())
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

async function readRequest(message: IncomingMessage): Promise<Incoming> {
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

async function send(response: ServerResponse, answer: Answer, isHead: boolean): Promise<void> {
  const { status, headers, delayMs, chunked, cut, undated } = answer
  if (delayMs) await delay(delayMs)
  const body = answer.late?.() ?? answer.body
  if (cut) return void response.destroy()
  response.sendDate = !undated
  const length = chunked || status === 204 ? {} : { 'Content-Length': String(body.length) }
  response.writeHead(status, { ...length, ...headers })
  if (!isHead) for (const piece of chunked ? inPieces(body) : [body]) response.write(piece)
  response.end()
}

/** Small and odd, so that pieces split characters. */
const PIECE_BYTES = 7

const inPieces = (body: Buffer) =>
  Array.from({ length: Math.ceil(body.length / PIECE_BYTES) }, (_, index) =>
    body.subarray(index * PIECE_BYTES, (index + 1) * PIECE_BYTES),
  )
