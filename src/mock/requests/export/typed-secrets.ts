import { HIDDEN } from '../../../http/redaction/secret-values.ts'

/** A redacted value in which a secret that was no text has a value of its type again, and none of its content. */
export function typed(redacted: unknown, original: unknown): unknown {
  if (redacted === HIDDEN) return typeof original === 'string' || original === undefined ? HIDDEN : standIn(original)
  if (Array.isArray(redacted))
    return redacted.map((item, index) => typed(item, Array.isArray(original) ? original[index] : undefined))
  if (typeof redacted !== 'object' || redacted === null) return redacted
  const members = Object.entries(redacted)
  return Object.fromEntries(members.map(([name, item]) => [name, typed(item, memberOf(original, name))]))
}

const memberOf = (of: unknown, name: string): unknown =>
  typeof of === 'object' && of !== null && Object.hasOwn(of, name) ? Reflect.get(of, name) : undefined

function standIn(secret: unknown): unknown {
  if (typeof secret === 'number') return Number.isInteger(secret) ? 0 : 0.5
  if (typeof secret === 'boolean') return false
  if (secret === null) return null
  return Array.isArray(secret) ? [] : {}
}
