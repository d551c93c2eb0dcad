/** The server as the user names it. */
export interface BaseUrl {
  /** Ends in the base path, without a slash, user or password. */
  readonly url: string
  /** The user and password of the URL as a header, if it has them (RFC 7617). */
  readonly authorization?: string
}

/** Reads a base URL, or says what one must be. A message never repeats the text, which may hold a password. */
export function readBaseUrl(text: string): BaseUrl | string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) return 'an http or https URL'
  if (/[?#]/.test(text)) return 'a URL without a query and a fragment; send what a gateway wants by --header'
  const { username, password } = url
  const end = `${url.pathname.replace(/(?<!\/)\/+$/, '')}`
  const plain = { url: `${url.protocol}//${url.host}${end}` }
  if (username === '' && password === '') return plain
  const pair = [username, password].map(decode).join(':')
  return { ...plain, authorization: `Basic ${Buffer.from(pair).toString('base64')}` }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
