import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { Request } from './interaction.ts'
import type { Sent, Transport } from './transport.ts'

/** Sends over persistent connections. */
export function openSocketTransport(baseUrl: string, timeoutMs: number): Transport {
  const { protocol, hostname, port, pathname } = new URL(baseUrl)
  const isSecure = protocol === 'https:'
  const agent = isSecure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true })
  const start = isSecure ? httpsRequest : httpRequest
  const basePath = pathname.replace(/\/$/, '')
  const open = { agent, hostname: hostname.replace(/^\[|\]$/g, ''), ...(port && { port }), timeout: timeoutMs }
  const sendOnce = ({ method, path, headers, body }: Request) =>
    new Promise<Sent & { readonly reused: boolean }>((resolve) => {
      const length = body === undefined ? {} : { 'Content-Length': String(body.length) }
      const sent = start({ ...open, method, path: basePath + path, headers: { ...headers, ...length } }, (response) =>
        receive(response, (received) => resolve({ ...received, reused: sent.reusedSocket })),
      )
      sent.on('timeout', () => sent.destroy(new Error(`no answer within ${timeoutMs} ms`)))
      sent.on('error', (error) => resolve({ answer: undefined, failure: reasonOf(error), reused: sent.reusedSocket }))
      sent.end(body)
    })
  /** A server may close a persistent connection just as it is used again, so try again, up to a new one (RFC 9112, section 9.3.1). */
  const send = async (request: Request): Promise<Sent> => {
    const sent = await sendOnce(request)
    return sent.answer === undefined && sent.reused && sent.failure === RESET ? send(request) : sent
  }
  return { send, close: () => agent.destroy() }
}

const RESET = 'the connection was reset'

function reasonOf(error: NodeJS.ErrnoException): string {
  if (error.code === 'ECONNRESET' || error.code === 'EPIPE') return RESET
  return error.code === undefined ? error.message : `${error.code}: ${error.message}`
}

function receive(response: IncomingMessage, done: (sent: Sent) => void): void {
  const chunks: Buffer[] = []
  response.on('data', (chunk: Buffer) => chunks.push(chunk))
  response.on('error', () => done({ answer: undefined, failure: 'the answer broke off' }))
  response.on('end', () =>
    done({
      answer: { status: response.statusCode ?? 0, headers: flatten(response), bytes: Buffer.concat(chunks) },
      failure: '',
    }),
  )
}

const flatten = ({ headers }: IncomingMessage) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
