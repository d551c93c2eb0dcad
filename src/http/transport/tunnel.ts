import { request as httpRequest } from 'node:http'
import { type AgentOptions, Agent as HttpsAgent, request as httpsRequest, type RequestOptions } from 'node:https'
import type { Duplex } from 'node:stream'
import { connect } from 'node:tls'
import { proxyAuthorization } from './proxy.ts'
import { FAILURE } from './transport.ts'

/** Something is wrong with the proxy, or with what it says of the server. */
class ProxyError extends Error {
  readonly code = FAILURE.proxy
}

type Connected = (error: Error | null, socket: Duplex) => void

/** Reaches https servers through a proxy: CONNECT, then TLS with the server itself (RFC 9110, section 9.3.6). */
export class TunnelAgent extends HttpsAgent {
  readonly #proxy: URL
  readonly #timeoutMs: number

  constructor(proxy: URL, timeoutMs: number, options: AgentOptions) {
    super(options)
    this.#proxy = proxy
    this.#timeoutMs = timeoutMs
  }

  override createConnection(options: RequestOptions, connected?: Connected): undefined {
    const { host, port = 443 } = options
    const name = host?.includes(':') ? `[${host}]` : host
    openTunnel(this.#proxy, `${name}:${port}`, this.#timeoutMs).then(
      (socket) => connected?.(null, connect({ ...(options as object), socket })),
      (error) => connected?.(error, undefined as never),
    )
  }
}

function openTunnel(proxy: URL, authority: string, timeoutMs: number): Promise<Duplex> {
  const start = proxy.protocol === 'https:' ? httpsRequest : httpRequest
  const headers = { Host: authority, ...proxyAuthorization(proxy) }
  return new Promise((resolve, reject) => {
    const fail = (what: string) => reject(new ProxyError(`The proxy ${proxy.host} ${what}`))
    const asked = start({
      hostname: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: proxy.port,
      method: 'CONNECT',
      path: authority,
      headers,
      agent: false,
      timeout: timeoutMs,
    })
    const refuse = ({ statusCode }: { readonly statusCode?: number | undefined }) => {
      fail(statusCode === 407 ? 'wants a user and password (407)' : `opens no way to ${authority} (${statusCode})`)
      asked.destroy()
    }
    asked.on('connect', (response, socket: Duplex) =>
      response.statusCode === 200 ? resolve(socket) : refuse(response),
    )
    asked.on('response', refuse)
    asked.on('timeout', () => asked.destroy(new Error(`no answer within ${timeoutMs} ms`)))
    asked.on('error', (error) => fail(`cannot be used: ${error.message}`))
    asked.on('close', () => fail('closed the connection'))
    asked.end()
  })
}
