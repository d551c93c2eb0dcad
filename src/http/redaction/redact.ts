import type { Violation } from '../../openapi/api-error.ts'
import { decode, HIDDEN, redactQuery, SECRET, SECRET_HEADER } from './secret.ts'

/** User and password before the host, in a target as a proxy gets it. */
const USER_INFO = /^(\w+:\/\/)[^/?]*@/
const LOGIN = /\/user\/login\/*$/i

/** The path and query without secrets: a login's query is left out, a password's or a key's value is hidden. */
export function redactTarget(target: string): string {
  const [path = '', ...rest] = target.replace(USER_INFO, `$1${HIDDEN}@`).split('?')
  if (rest.length === 0) return path
  return isLogin(target) ? `${path}?${HIDDEN}` : `${path}?${redactQuery(rest.join('?'))}`
}

/** The violation of a request to `target`; the received value is hidden if it is a secret, or without the secrets in it. */
export function redactViolation(violation: Violation, target: string): Violation {
  if (violation.received === undefined) return violation
  const inQueryOfLogin = violation.pointer.startsWith('/query') && isLogin(target)
  const received =
    inQueryOfLogin || SECRET.test(violation.pointer) ? HIDDEN : redactFields(violation.received, redactMention)
  return { ...violation, received }
}

/** True for a login, whose query holds a password. */
export function isLogin(target: string): boolean {
  return LOGIN.test(decode(target.split('?')[0] ?? ''))
}

/** A text that mentions a secret may be a body that could not be read, so all of it is hidden. */
const redactMention = (text: string) => (SECRET.test(text) ? HIDDEN : text)

/** The value with the fields hidden that are secrets by their names. Texts are those that `redactText` gives. */
export function redactFields(value: unknown, redactText = (text: string) => text): unknown {
  if (typeof value === 'string') return redactText(value)
  if (Array.isArray(value)) return value.map((item) => redactFields(item, redactText))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, SECRET.test(key) ? HIDDEN : redactFields(item, redactText)]),
  )
}

/** Headers, with the values of secret ones hidden. */
export function redactHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as const],
  )
  return Object.fromEntries(entries.map(([name, value]) => [name, SECRET_HEADER.test(name) ? HIDDEN : value]))
}
