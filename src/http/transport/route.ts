import { Agent as HttpAgent, request as httpRequest } from 'node:http'
import { type AgentOptions, Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { rootCertificates } from 'node:tls'
import { proxyAuthorization } from './proxy.ts'
import { type Access, type Bounds, FAILURE, failed, type Sent } from './transport.ts'
import { TunnelAgent } from './tunnel.ts'

/** The way to a server: straight, or through a proxy. */
export interface Route {
  readonly start: typeof httpRequest
  readonly options: { readonly agent: HttpAgent; readonly hostname: string; readonly port?: string }
  /** Stands before the path of each request. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** The failure that an error of a connection stands for. */
  readonly explain: (error: NodeJS.ErrnoException) => Sent
}

export function routeTo(target: URL, { timeoutMs }: Bounds, { proxy, ...tls }: Access): Route {
  const path = target.pathname.replace(/\/$/, '')
  const isSecure = target.protocol === 'https:'
  if (proxy && !isSecure) return throughProxy(target, proxy, path)
  const options: AgentOptions = { keepAlive: true, ...withAuthorities(tls) }
  const secureAgent = () => (proxy ? new TunnelAgent(proxy, timeoutMs, options) : new HttpsAgent(options))
  const agent = isSecure ? secureAgent() : new HttpAgent({ keepAlive: true })
  const start = isSecure ? httpsRequest : httpRequest
  return { start, options: { agent, ...addressOf(target) }, path, headers: {}, explain: failureOf }
}

/** A proxy takes requests for http servers by their whole URL (RFC 9112, section 3.2.2). */
function throughProxy(target: URL, proxy: URL, path: string): Route {
  const isSecure = proxy.protocol === 'https:'
  const agent = isSecure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true })
  return {
    start: isSecure ? httpsRequest : httpRequest,
    options: { agent, ...addressOf(proxy) },
    path: `http://${target.host}${path}`,
    headers: { Host: target.host, ...proxyAuthorization(proxy) },
    explain: (error) =>
      isReset(error.code)
        ? failureOf(error)
        : failed(`The proxy ${proxy.host} cannot be used: ${error.message}`, FAILURE.proxy),
  }
}

const addressOf = ({ hostname, port }: URL) => ({ hostname: hostname.replace(/^\[|\]$/g, ''), ...(port && { port }) })

/** An authority of the user's own is trusted besides those of Node, not in their place. */
const withAuthorities = ({ ca, ...rest }: Omit<Access, 'proxy'>) => ({
  ...rest,
  ...(ca !== undefined && { ca: [...rootCertificates, ca] }),
})

/** The server, or what stands before it, ended the connection. */
export const isReset = (code: string | undefined): boolean => code === 'ECONNRESET' || code === 'EPIPE'

function failureOf(error: NodeJS.ErrnoException): Sent {
  const code = error.code ?? ''
  if (isReset(code)) return failed('the connection was reset', code)
  if (code === FAILURE.proxy) return failed(error.message, code)
  return failed(code === '' ? error.message : `${code}: ${error.message}`, code)
}
