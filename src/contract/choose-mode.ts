import { isLoopbackHost } from '../http/address.ts'
import type { Sent } from '../http/transport/transport.ts'
import { isObject } from '../openapi/json-object.ts'
import type { Mode } from './report.ts'

/** Sends a GET: `at` is a path under the base path, or at the origin of the server. */
export interface Ask {
  readonly api: (path: string, headers: Readonly<Record<string, string>>) => Promise<Sent>
  readonly origin: (path: string) => Promise<Sent>
}

/** The mode for a server that was not asked. Loopback may be the end of a tunnel to a server that others use. */
export const defaultMode = (baseUrl: string, isProxied = false): Mode =>
  !isProxied && isLoopbackHost(new URL(baseUrl).hostname) ? 'owned' : 'safe'

/** The mode for a server: everything is allowed only with a mock. */
export const chooseMode = async (ask: Ask, baseUrl: string, isProxied: boolean): Promise<Mode> =>
  (await isMock(ask)) ? 'full' : defaultMode(baseUrl, isProxied)

/** A preference that only the mock applies; it changes nothing. */
const REFUSED = 'code=400'

/**
 * True if the control plane says that it is the mock, and the API itself behaves as only the mock does. One alone is not
 * enough: a gateway may lead one path to a mock and the other to a server.
 */
async function isMock({ api, origin }: Ask): Promise<boolean> {
  if (productOf(await origin('/__admin/health')) !== 'inboxes-mock') return false
  const { answer } = await api('/user/user1', { Prefer: REFUSED })
  return answer?.status === 400 && (answer.headers['preference-applied'] ?? '').includes(REFUSED)
}

function productOf({ answer }: Sent): unknown {
  if (answer?.status !== 200) return undefined
  try {
    const value: unknown = JSON.parse(answer.bytes.toString())
    return isObject(value) ? value.product : undefined
  } catch {
    return undefined
  }
}
