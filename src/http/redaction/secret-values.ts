import { escapePattern } from '../escape-pattern.ts'
import { isSecretName } from './secret-names.ts'

/** Replaces a secret. */
export const HIDDEN = '(hidden)'

/** Gives a text without its secrets. A name is no secret because a short key happens to be the same. */
export type Hide = (text: string, isName?: boolean) => string

/** Shorter keys are only hidden as whole values; from `ANYWHERE` on, they are hidden inside words too. */
const IN_TEXT = 4
const ANYWHERE = 8

/** Hides values that are secrets whatever they are called: the keys of this program, tokens, and passwords in URLs. */
export function createHide(keys: readonly string[]): Hide {
  const known = new Set(keys.filter((key) => key !== ''))
  const sources = [...known].filter((key) => key.length >= IN_TEXT).map(sourceOf)
  const inText = sources.length > 0 ? new RegExp(sources.join('|'), 'g') : undefined
  return (text, isName = false) => {
    if (!isName && known.has(text.trim())) return HIDDEN
    const keyless = inText ? text.replace(inText, HIDDEN) : text
    if (!SUSPICIOUS.test(keyless)) return keyless
    return withoutUserInfo(keyless.replace(JWT, HIDDEN).replace(SCHEME, withoutToken))
  }
}

/** The key as it is, and percent-encoded. */
function sourceOf(key: string): string {
  const forms = [...new Set([key, encodeURIComponent(key)])].map(escapePattern)
  const source = `(?:${forms.join('|')})`
  return key.length < ANYWHERE ? `(?<![A-Za-z0-9])${source}(?![A-Za-z0-9])` : source
}

/** Cheap pre-check: most texts have none of these. */
const SUSPICIOUS = /eyJ|:\/\/|(?:bearer|basic|token|apikey|negotiate)[ \t]/i

/** A JSON Web Token: its first part is the base64 of `{"`. The look behind keeps the search linear. */
const JWT = /(?<![\w-])eyJ[\w-]+(?:\.[\w-]+)+\.?/g

/** An authentication scheme and what follows it (RFC 9110, section 11.4). */
const SCHEME = /\b(Bearer|Basic|Token|ApiKey|Negotiate)([ \t]+)([\w.~+/=-]{6,})/gi

function withoutToken(match: string, scheme: string, space: string, token: string): string {
  const isToken = TOKENS[scheme.toLowerCase()] ?? isRandom
  return isToken(token) ? `${scheme}${space}${HIDDEN}` : match
}

/** Tells a token from the next word of a sentence. */
const isRandom = (token: string) => /\d/.test(token) || token.length > 16

const TOKENS: Readonly<Record<string, (token: string) => boolean>> = {
  basic: (token) => /^[^:]*:/.test(base64Text(token)),
  bearer: (token) =>
    !/^(?:auth[a-z]*|tokens?|scheme|realm=?|credentials?|required|expected|missing|invalid|expired)\.?$/i.test(token),
}

function base64Text(base64: string): string {
  try {
    return atob(base64.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    return ''
  }
}

const END_OF_AUTHORITY = /[\s/?#"'<>\\]|$/g

/** User and password before the host of each URL. */
function withoutUserInfo(text: string): string {
  const parts: string[] = []
  let from = 0
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    END_OF_AUTHORITY.lastIndex = at + 3
    const end = END_OF_AUTHORITY.exec(text)?.index ?? text.length
    const last = text.slice(at + 3, end).lastIndexOf('@')
    if (last <= 0) continue
    parts.push(text.slice(from, at + 3), HIDDEN)
    from = at + 3 + last
  }
  return parts.join('') + text.slice(from)
}

/** A name and its equals sign, in a query or in the middle of a text. The look behind keeps the search linear. */
const NAME = /(?<![\w.%[\]-])([\w.%[\]-]+)=/g
const END_OF_VALUE = /[&\s"'<>]|$/g

/** Hides the values of secrets in `name=value`, up to the end of the word or of the pair. */
export function redactPairs(text: string): string {
  if (!text.includes('=')) return text
  const parts: string[] = []
  let from = 0
  NAME.lastIndex = 0
  for (let found = NAME.exec(text); found; found = NAME.exec(text)) {
    if (!isSecretName(found[1] ?? '')) continue
    parts.push(text.slice(from, NAME.lastIndex), HIDDEN)
    END_OF_VALUE.lastIndex = NAME.lastIndex
    from = END_OF_VALUE.exec(text)?.index ?? text.length
    NAME.lastIndex = from
  }
  return parts.join('') + text.slice(from)
}
