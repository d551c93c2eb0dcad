import { createHash, timingSafeEqual } from 'node:crypto'
import type { Request } from 'express'
import { ApiError } from '../../openapi/api-error.ts'

/** Who may use the control plane. */
export interface GateOptions {
  /** Asked for as a Bearer token where set; then other machines may use it too. */
  readonly token?: string
  /** Origins whose pages may use it, such as http://localhost:3000. */
  readonly origins: readonly string[]
}

/** Refuses other machines, names that were rebound to this one, and pages of foreign origins. */
export function admitToControl(req: Request, { token, origins }: GateOptions): void {
  if (token !== undefined) requireToken(req.headers.authorization, token)
  else {
    requireLoopback(req.socket.remoteAddress)
    requireLoopbackHost(req.headers.host)
  }
  requireKnownOrigin(req.headers.origin, req.headers['sec-fetch-site'], origins)
}

function requireToken(authorization: string | undefined, token: string): void {
  const [, given = ''] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? []
  if (timingSafeEqual(digest(given), digest(token))) return
  const headers = { 'WWW-Authenticate': 'Bearer realm="inboxes-mock control plane"' }
  throw new ApiError(401, 'The control plane asks for its token: Authorization: Bearer TOKEN.', [], headers)
}

/** Of the same length for every text, as the comparison asks, whose time then tells nothing. */
const digest = (text: string) => createHash('sha256').update(text).digest()

function requireLoopback(address = ''): void {
  if (/^(::ffff:)?127\.|^::1$/.test(address)) return
  throw new ApiError(
    403,
    'The control plane answers on loopback only. Start the mock with --admin-token to use it from elsewhere.',
  )
}

/** A name that an attacker's DNS points here is no loopback name (DNS rebinding). */
function requireLoopbackHost(host = ''): void {
  if (/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i.test(host)) return
  throw new ApiError(403, 'The control plane answers to the hosts localhost, 127.0.0.1 and [::1] only.', [
    { pointer: '/headers/host', expected: 'localhost, 127.0.0.1 or [::1]', received: host },
  ])
}

/** A browser says where a page came from; a page of elsewhere must not reset a developer's mock. */
function requireKnownOrigin(
  origin: string | undefined,
  site: string | string[] | undefined,
  known: readonly string[],
): void {
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
export function corsFor({ headers: { origin } }: Request, { origins }: GateOptions): Record<string, string> {
  return origin !== undefined && origins.includes(origin)
    ? { 'Access-Control-Allow-Origin': origin, Vary: 'Origin' }
    : {}
}

/** What a preflight of an allowed origin is told. */
export function preflightFor(req: Request, allow: readonly string[], gate: GateOptions): Record<string, string> {
  if (!('Vary' in corsFor(req, gate))) return {}
  return {
    'Access-Control-Allow-Methods': allow.join(', '),
    'Access-Control-Allow-Headers': 'Authorization, Content-Type, X-Mock-Session',
  }
}
