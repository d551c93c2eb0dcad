import { createRedaction, type Redaction } from '../http/redaction/redaction.ts'

const SHORTEST_PART = 4

/** Hides the key, the key without its last character, which the suite sends too, and other secrets that a server may quote. */
export function createRunRedaction(key: string | undefined): Redaction {
  if (!key) return createRedaction()
  const short = key.slice(0, -1)
  return createRedaction(short.length >= SHORTEST_PART ? [key, short] : [key])
}

/** The base URL without what is not sent anyway: user, password, query and fragment. */
export function withoutSecrets(baseUrl: string): string {
  const url = new URL(baseUrl)
  const isPlain = url.username + url.password + url.search + url.hash === '' && !/[@?#]/.test(baseUrl)
  return (isPlain ? baseUrl : url.origin + url.pathname).replace(/\/+$/, '')
}
