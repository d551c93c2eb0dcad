/** The parts of a request target that Express and express-openapi-validator read, as `url.parse` names them. */
export class Url {
  href = ''
  path: string | null = null
  pathname: string | null = null
  /** With its question mark. */
  search: string | null = null
  query: string | null = null
}

/** A target that `url.parse` takes as it is. */
const PLAIN = /^(\/[^#@?\s]*)(\?[^#\s]*)?$/

/** Any other, below the origin: path, query, fragment. */
const OTHER = /^([^?#]*)(\?[^#]*)?(#.*)?$/s

/** Characters that `url.parse` escapes there. */
const ESCAPED = /[\t\n\r "'<>\\^`{|}]/g

/** Parses a request target: a path, or an absolute URL as clients send it to proxies (RFC 9112, section 3.2). */
export function parse(given: string): Url {
  const target = given.replace(/^[^?#]*/, (path) => path.replaceAll('\\', '/'))
  const origin = /^[a-z][a-z0-9.+-]*:\/\/[^/?#]*/i.exec(target)?.[0] ?? ''
  const rest = target.slice(origin.length)
  const [, written = '', search = null, hash = ''] = PLAIN.exec(target) ?? OTHER.exec(escaped(rest)) ?? []
  const pathname = written === '' && origin !== '' ? '/' : written || null
  const path = pathname === null && search === null ? null : `${pathname ?? ''}${search ?? ''}`
  const href = `${origin}${path ?? ''}${hash}`
  return Object.assign(new Url(), { href, path, pathname, search, query: search?.slice(1) ?? null })
}

const escaped = (text: string) =>
  text.replaceAll(ESCAPED, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
