import { isLoopbackAddress, isLoopbackHost } from '../../http/address.ts'
import type { MockOptions } from '../options.ts'

/** Why a mock in front of a live server may not listen on a host; undefined if it may. */
export const openRelay = ({ upstream, adminToken }: MockOptions, host: string): string | undefined =>
  upstream === undefined || adminToken !== undefined || isLoopbackAddress(host) || isLoopbackHost(host)
    ? undefined
    : `With an upstream, other machines could use its key through ${host}. Set an admin token, or listen on 127.0.0.1.`

/** Throws if other machines could use the key of a live server. */
export function requireClosedRelay(options: MockOptions, host: string): void {
  const problem = openRelay(options, host)
  if (problem !== undefined) throw new Error(problem)
}
