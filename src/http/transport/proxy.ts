import { BlockList, isIP } from 'node:net'

/** The proxies of the environment, as curl reads them. */
export interface ProxySettings {
  /** For http URLs. */
  readonly http?: string
  /** For https URLs. */
  readonly https?: string
  /** Hosts that are reached without a proxy. */
  readonly none?: string
}

/** The proxy for a server; undefined for none, a text that says what is wrong with the setting. */
export function proxyFor(target: URL, { http, https, none = '' }: ProxySettings): URL | string | undefined {
  const scheme = target.protocol === 'https:' ? 'https' : 'http'
  const named = scheme === 'https' ? https : http
  if (!named || isExcepted(target, none)) return undefined
  const text = named.includes('://') ? named : `http://${named}`
  const isUsable = URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol)
  return isUsable
    ? new URL(text)
    : `The proxy to ${scheme} URLs must be an http or https URL. Correct --${scheme}-proxy or ${scheme.toUpperCase()}_PROXY.`
}

/** True if NO_PROXY names the host: `*`, a name, a domain with its subdomains, an address or a range, with or without a port. */
function isExcepted({ hostname, port, protocol }: URL, none: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  const actualPort = port || (protocol === 'https:' ? '443' : '80')
  return none
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      const [, name = entry, onlyPort] = /^(\[.*\]|[^:]+):(\d+)$/.exec(entry) ?? []
      return (onlyPort ?? actualPort) === actualPort && namesHost(name.replace(/^\[|\]$/g, ''), host)
    })
}

function namesHost(entry: string, host: string): boolean {
  if (entry === '*') return true
  if (isIP(host) !== 0) return entry.includes('/') ? isInRange(entry, host) : entry.toLowerCase() === host
  const name = entry
    .toLowerCase()
    .replace(/^\*?\./, '')
    .replace(/\.$/, '')
  return host === name || host.endsWith(`.${name}`)
}

/** True if the address is in a range such as 10.0.0.0/8. */
function isInRange(range: string, host: string): boolean {
  const [network = '', bits] = range.split('/')
  const list = new BlockList()
  try {
    list.addSubnet(network, Number(bits), isIP(network) === 6 ? 'ipv6' : 'ipv4')
    return list.check(host, isIP(host) === 6 ? 'ipv6' : 'ipv4')
  } catch {
    return false
  }
}

/** The header for a proxy that wants a user and password; none if its URL has none. */
export function proxyAuthorization({ username, password }: URL): Record<string, string> {
  if (username === '') return {}
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { 'Proxy-Authorization': `Basic ${Buffer.from(pair).toString('base64')}` }
}
