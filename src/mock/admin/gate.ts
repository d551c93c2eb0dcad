import { isLoopbackAddress, isLoopbackHost } from '../../http/address.ts'
import { ApiError } from '../../openapi/api-error.ts'
import type { MockRequest, RequestHeaders } from '../exchange/request.ts'
import { originOf } from '../site/index-json.ts'

/** The clients that may use the control plane. */
export interface GateOptions {
  /** Required as a Bearer token if set; then other machines may use the control plane too. */
  readonly token?: string
  /** Origins whose pages may use it, such as http://localhost:3000. */
  readonly origins: readonly string[]
}

/** Refuses other machines, names that were rebound to this one, and pages of foreign origins. */
export function requireAccess(request: MockRequest, gate: GateOptions): void {
  if (gate.token !== undefined) requireToken(textOf(request.headers.authorization), gate.token)
  requirePlace(request, gate)
}

/**
 * Refuses the same, and asks for no token: a page must be loaded before it can ask for one, and its files tell nothing of the mock.
 */
export function requirePlace(request: MockRequest, { token, origins }: GateOptions): void {
  const { headers, remoteAddress } = request
  if (token === undefined && remoteAddress !== undefined) {
    requireLoopback(remoteAddress)
    requireLoopbackHost(textOf(headers.host))
  }
  const origin = textOf(headers.origin)
  // The mock's own page is no foreign one: its host was looked at, or has the token.
  if (origin === undefined || origin !== originOf(request))
    requireKnownOrigin(origin, textOf(headers['sec-fetch-site']), origins)
}

const textOf = (value: RequestHeaders[string]) => (value === undefined ? undefined : String(value))

function requireToken(authorization: string | undefined, token: string): void {
  const [, given = ''] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? []
  if (areEqual(given, token)) return
  const headers = { 'WWW-Authenticate': 'Bearer realm="inboxes-mock control plane"' }
  throw new ApiError(401, 'The control plane asks for its token: Authorization: Bearer TOKEN.', [], headers)
}

/** Compares every character, so that the time it takes does not tell where the texts differ. */
function areEqual(given: string, token: string): boolean {
  let difference = given.length ^ token.length
  for (let at = 0; at < given.length; at++) difference |= given.charCodeAt(at) ^ token.charCodeAt(at % token.length)
  return difference === 0
}

function requireLoopback(address: string): void {
  if (isLoopbackAddress(address)) return
  throw new ApiError(
    403,
    'The control plane answers on loopback only. Start the mock with --admin-token to use it from elsewhere.',
  )
}

/** A name that an attacker's DNS points here is no loopback name (DNS rebinding). */
function requireLoopbackHost(host = ''): void {
  if (isLoopbackHost(host.replace(/:\d+$/, ''))) return
  throw new ApiError(403, 'The control plane answers to the hosts localhost, 127.0.0.1 and [::1] only.', [
    { pointer: '/headers/host', expected: 'localhost, 127.0.0.1 or [::1]', received: host },
  ])
}

/** A browser tells the origin of a page. A page of a foreign site must not reset a developer's mock. */
function requireKnownOrigin(origin: string | undefined, site: string | undefined, known: readonly string[]): void {
  const isForeign = origin === undefined ? site === 'cross-site' || site === 'same-site' : !known.includes(origin)
  if (!isForeign) return
  throw new ApiError(
    403,
    `Pages of ${origin ?? 'other sites'} may not use the control plane. Allow them with --admin-origin.`,
    [
      {
        pointer: '/headers/origin',
        expected: known.join(' or ') || 'no Origin',
        ...(origin !== undefined && { received: origin }),
      },
    ],
  )
}

/** CORS headers for pages of an allowed origin; none for others. */
export function corsFor({ headers }: MockRequest, { origins }: GateOptions): Record<string, string> {
  const origin = textOf(headers.origin)
  return origin !== undefined && origins.includes(origin)
    ? { 'Access-Control-Allow-Origin': origin, Vary: 'Origin' }
    : {}
}

/** CORS headers for a preflight of an allowed origin; with those of an unknown path the page can read its 404. */
export function preflightFor(
  request: MockRequest,
  allow: readonly string[],
  gate: GateOptions,
): Record<string, string> {
  if (!('Vary' in corsFor(request, gate))) return {}
  const methods = allow.length > 0 ? allow : [String(request.headers['access-control-request-method'])]
  return {
    'Access-Control-Allow-Methods': methods.join(', '),
    'Access-Control-Allow-Headers': 'Authorization, Content-Type, Last-Event-ID, X-Mock-Session',
  }
}
