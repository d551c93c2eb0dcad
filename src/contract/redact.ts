import { createRedaction, type Redaction } from '../http/redaction/redaction.ts'
import { encodedKeys } from './variations/basic-keys.ts'

const SHORTEST_PART = 4

/**
 * Hides the key, the key without its last character, which the suite sends too, the values of headers that the user gives for
 * every request, and other secrets that a server may quote.
 */
export function createRunRedaction(key = '', headers: Readonly<Record<string, string>> = {}): Redaction {
  const short = key.slice(0, -1)
  const keys = short.length >= SHORTEST_PART ? [key, short, ...encodedKeys(key)] : [key]
  return createRedaction([...keys, ...Object.values(headers).flatMap(secretsIn)].filter((secret) => secret !== ''))
}

/** The value of a header, and what of it is a secret by itself: a token, a user with a password, the password. */
function secretsIn(value: string): string[] {
  const [, scheme = '', token = ''] = /^(\w+) +(\S+)$/.exec(value) ?? []
  if (scheme.toLowerCase() !== 'basic') return [value, token]
  const pair = Buffer.from(token, 'base64').toString()
  return [value, token, pair, pair.slice(pair.indexOf(':') + 1)]
}

/** The variable of a shell that stands for the value of a header in commands. */
export const variableOf = (header: string): string => `$${header.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`
