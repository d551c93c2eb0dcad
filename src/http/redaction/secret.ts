/** What stands in place of a secret. */
export const HIDDEN = '(hidden)'

/** What the names of secrets have in them. */
export const SECRET = /passw|api.?key|secret|token/i

/** A query, or a form, with the values of secrets hidden. */
export function redactQuery(query: string): string {
  return query.replace(/([^&;=]+)=[^&;]*/g, (pair, name: string) =>
    SECRET.test(decode(name)) ? `${name}=${HIDDEN}` : pair,
  )
}

/** The text without percent-encoding; as it is where that is broken. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
