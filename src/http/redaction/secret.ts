/** Replaces a secret. */
export const HIDDEN = '(hidden)'

/** Matches the names of fields and query parameters that are secrets. */
export const SECRET = /passw|api.?key|secret|token/i

/** Matches the names of headers that are secrets. */
export const SECRET_HEADER = /^(api_key|authorization|proxy-authorization|cookie|set-cookie)$/i

/** A query or a form, with the values of secrets hidden. */
export function redactQuery(query: string): string {
  return query.replace(/([^&;=]+)=[^&;]*/g, (pair, name: string) =>
    SECRET.test(decode(name)) ? `${name}=${HIDDEN}` : pair,
  )
}

/** The text without percent-encoding; as it is if that is broken. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
