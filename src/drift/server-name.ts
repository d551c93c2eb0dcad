/** The name that sentences give a server: the first part of its host, if that says something. */
export function serverName(baseUrl: string): string {
  const host = URL.canParse(baseUrl) ? new URL(baseUrl).hostname : ''
  const [first = '', ...rest] = host.split('.')
  return rest.length > 0 && /^[a-z]/.test(first) && !COMMON.includes(first) ? first : 'the server'
}

/** Names that do not tell one server from another. */
const COMMON: readonly string[] = ['api', 'www']
