import { BlockList } from 'node:net'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8)
loopback.addAddress('::1', 'ipv6')

/** No name and no IPv4 address has a colon. The pattern of net.isIPv6 takes 3 ms to compile when it is first used. */
const isIPv6 = (host: string) => host.includes(':')

/** True where only this machine reaches the IP address. */
export function isLoopback(address: string): boolean {
  return loopback.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}

/** What a client on this machine calls a host: an IPv6 address stands in brackets, "any address" becomes loopback. */
export function urlHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return isIPv6(host) ? `[${host}]` : host
}
