/** No name and no IPv4 address has a colon. */
const isIPv6 = (host: string) => host.includes(':')

/** True if only this machine reaches the IP address: 127.0.0.0/8, also as IPv6 (RFC 4291, section 2.5.5.2), or ::1. */
export function isLoopbackAddress(address: string): boolean {
  if (!isIPv6(address)) return isLoopbackIPv4(address)
  const groups = groupsOf(address)
  const isMapped = groups.slice(0, 6).join() === '0,0,0,0,0,65535'
  return groups.join() === '0,0,0,0,0,0,0,1' || (isMapped && firstByte(groups[6]) === 127)
}

/** True if the host of a URL, or of a Host header without its port, is this machine: `localhost`, or such an address. */
export function isLoopbackHost(host: string): boolean {
  const [, inBrackets] = /^\[([^:\]]*:[^\]]*)\]$/.exec(host) ?? []
  if (inBrackets !== undefined) return isLoopbackAddress(inBrackets)
  return host.toLowerCase() === 'localhost' || isLoopbackIPv4(host)
}

/** The name that a client on this machine gives a host: an IPv6 address stands in brackets, "any address" becomes loopback. */
export function urlHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return isIPv6(host) ? `[${host}]` : host
}

function isLoopbackIPv4(address: string): boolean {
  const bytes = /^127\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address)?.slice(1) ?? []
  return bytes.length === 3 && bytes.every((byte) => Number(byte) <= 255)
}

/** The eight groups of an IPv6 address (RFC 4291, section 2.2); fewer, or NaN among them, for any other text. */
function groupsOf(address: string): number[] {
  const [head = [], tail, ...others] = withHexTail(address).split('::').map(split)
  if (others.length > 0) return []
  const zeros = tail ? '0'.repeat(Math.max(0, 8 - head.length - tail.length)).split('') : []
  return [...head, ...zeros, ...(tail ?? [])].map((group) =>
    /^[\da-f]{1,4}$/i.test(group) ? Number(`0x${group}`) : NaN,
  )
}

const split = (groups: string) => (groups === '' ? [] : groups.split(':'))

/** The last two groups may be written as an IPv4 address. */
const withHexTail = (address: string) =>
  address.replace(/(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/, (_ipv4, ...bytes: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.map(Number)
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`
  })

const firstByte = (group = 0) => group >> 8
