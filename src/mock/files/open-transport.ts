import { proxyFor } from '../../http/transport/proxy.ts'
import { openSocketTransport } from '../../http/transport/socket-transport.ts'
import type { Transport } from '../../http/transport/transport.ts'
import { UpstreamError } from '../upstream/upstream-error.ts'
import { UPSTREAM_DEFAULTS, type UpstreamOptions } from '../upstream/upstream-options.ts'

/** Opens the connections to a live server. Throws an UpstreamError if the proxy of the environment cannot be used. */
export function openTransport({ url, ca, proxy = {}, ...bounds }: UpstreamOptions): Transport {
  const through = proxyFor(new URL(url), proxy)
  if (typeof through === 'string') throw new UpstreamError(through)
  const access = { ...(ca !== undefined && { ca }), ...(through && { proxy: through }) }
  return openSocketTransport(url, { ...UPSTREAM_DEFAULTS, ...bounds }, access)
}
