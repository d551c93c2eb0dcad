import { KEY_VARIABLE } from '../http/curl.ts'

const SHORTEST_PART = 4

/** Replaces the key, and the key without its last character, in a text; percent-encoded or not. */
export function createRedact(key: string | undefined): (text: string) => string {
  if (!key) return (text) => text
  const short = key.slice(0, -1)
  const secrets = [key, encodeURIComponent(key), ...(short.length >= SHORTEST_PART ? [short] : [])]
  return (text) => secrets.reduce((clean, secret) => clean.replaceAll(secret, KEY_VARIABLE), text)
}
