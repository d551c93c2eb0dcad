import type { Operation } from '../../openapi/operation.ts'
import type { MockRequest, RequestHeaders } from '../exchange/request.ts'

/** The headers of a response that let the page that asked read it (Fetch standard, CORS protocol). */
export type Cors = (headers: RequestHeaders) => Readonly<Record<string, string>>

/** Lets pages of every origin read the responses of these operations, with cookies, and their documented headers. */
export function corsOf(operations: readonly Operation[]): Cors {
  const documented = operations.flatMap(({ responses }) => Object.values(responses).flatMap(({ headers }) => headers))
  const exposed = new Set([...documented.map(({ name }) => name), 'Preference-Applied'])
  const always = { 'Access-Control-Expose-Headers': [...exposed].join(', ') }
  const ofNoOrigin = { ...ANY_ORIGIN, ...always }
  return ({ origin }) => (origin === undefined ? ofNoOrigin : { ...allowOrigin(String(origin)), ...always })
}

/** Lets the page that asked read a response that no operation documents. */
export const corsOfAny: Cors = ({ origin }) => (origin === undefined ? ANY_ORIGIN : allowOrigin(String(origin)))

const ANY_ORIGIN = { 'Access-Control-Allow-Origin': '*' }

/** A page that sends cookies may not read what is allowed to `*`, so the origin is repeated. */
const allowOrigin = (origin: string) => ({
  'Access-Control-Allow-Origin': origin,
  'Access-Control-Allow-Credentials': 'true',
  Vary: 'Origin',
})

/** True if a browser asks whether a page may send another request. */
export const isPreflight = ({ method, headers }: MockRequest): boolean =>
  method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined

/**
 * Headers that answer OPTIONS of a path with these methods. A preflight is allowed the method and the headers that it
 * asks for, whatever they are: only then can the page read the 404 or 405 of the request itself.
 */
export function optionsHeaders(allow: readonly string[], request: MockRequest): Record<string, string> {
  const ofPath = allow.length > 0 && { Allow: allow.join(', ') }
  return isPreflight(request) ? { ...ofPath, ...preflightHeaders(allow, request.headers) } : { ...ofPath }
}

function preflightHeaders(allow: readonly string[], headers: RequestHeaders): Record<string, string> {
  const wanted = headers['access-control-request-headers']
  const methods = new Set([...allow, String(headers['access-control-request-method'])])
  return {
    'Access-Control-Allow-Methods': [...methods].join(', '),
    ...(wanted !== undefined && { 'Access-Control-Allow-Headers': String(wanted) }),
    // Chromium asks before a page of a public address reaches this machine (Private Network Access).
    ...(headers['access-control-request-private-network'] !== undefined && {
      'Access-Control-Allow-Private-Network': 'true',
    }),
    'Access-Control-Max-Age': '600',
  }
}
