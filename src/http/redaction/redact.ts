import type { Violation } from '../../openapi/api-error.ts'
import { decode, HIDDEN, redactQuery, SECRET } from './secret.ts'

const SECRET_HEADER = /^(api_key|authorization|proxy-authorization|cookie|set-cookie)$/i
/** What a client puts before the host when it asks as it would ask a proxy. */
const USER_INFO = /^(\w+:\/\/)[^/?]*@/
const LOGIN = /\/user\/login\/*$/i

/** The path and query without secrets: a login's query is left out, a password's or a key's value is hidden. */
export function redactTarget(target: string): string {
  const [path = '', ...rest] = target.replace(USER_INFO, `$1${HIDDEN}@`).split('?')
  if (rest.length === 0) return path
  return isLogin(target) ? `${path}?${HIDDEN}` : `${path}?${redactQuery(rest.join('?'))}`
}

/** The violation of a request to `target`, with what was received left out where it is, or holds, a secret. */
export function redactViolation(violation: Violation, target: string): Violation {
  if (violation.received === undefined) return violation
  const inQueryOfLogin = violation.pointer.startsWith('/query') && isLogin(target)
  const received = inQueryOfLogin || SECRET.test(violation.pointer) ? HIDDEN : redactValue(violation.received)
  return { ...violation, received }
}

/** True for a login, whose query holds a password. */
export function isLogin(target: string): boolean {
  return LOGIN.test(decode(target.split('?')[0] ?? ''))
}

/** Text that speaks of a secret may be a body that could not be read, so all of it goes. */
function redactValue(value: unknown): unknown {
  if (typeof value === 'string') return SECRET.test(value) ? HIDDEN : value
  if (Array.isArray(value)) return value.map(redactValue)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, SECRET.test(key) ? HIDDEN : redactValue(item)]),
  )
}

/** The value with the fields that hold a secret hidden, by their names. */
export function redactFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redactFields)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, SECRET.test(key) ? HIDDEN : redactFields(item)]),
  )
}

/** Headers with the keys, tokens and cookies among them hidden. */
export function redactHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as const],
  )
  return Object.fromEntries(entries.map(([name, value]) => [name, SECRET_HEADER.test(name) ? HIDDEN : value]))
}
