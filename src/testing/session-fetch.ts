import { isLoopbackHost } from '../http/address.ts'

const HEADER = 'X-Mock-Session'

/** True if `target` is on the server of `url`. All names of loopback are equal; `base` resolves a relative target. */
export function isFor(url: string, target: string | URL, base?: string): boolean {
  if (!URL.canParse(String(target), base)) return false
  const [mock, requested] = [new URL(url), new URL(target, base)]
  const sameHost =
    mock.hostname === requested.hostname || (isLoopbackHost(mock.hostname) && isLoopbackHost(requested.hostname))
  return sameHost && mock.port === requested.port
}

/** The session that a request names: in its path, in a header or in a cookie. `headers` is one line for each. */
export function sessionIn(path: string, headers = ''): string | undefined {
  const [, inPath] = /^\/s\/([^/?]*)\//.exec(path) ?? []
  const [, inHeaders] = /^x-mock-session: *(\S+)$|^cookie:.*\bx-mock-session=([^;\s]+)/im.exec(headers) ?? []
  return inPath ?? inHeaders
}

/** A `fetch` that adds the session's header to requests to the mock. Other requests, and those with a session, stay unchanged. */
export function sessionFetch(
  original: typeof fetch,
  isForMock: (target: string) => boolean,
  session: () => Readonly<Record<string, string>>,
): typeof fetch {
  return async (input, init) => {
    const isRequest = typeof input === 'object' && 'headers' in input
    const url = isRequest ? input.url : String(input)
    if (!isForMock(url) || sessionIn(new URL(url).pathname) !== undefined) return original(input, init)
    const headers = new Headers(init?.headers ?? (isRequest ? input.headers : undefined))
    if (headers.has(HEADER)) return original(input, init)
    for (const [name, value] of Object.entries(session())) headers.set(name, value)
    return original(input, { ...init, headers })
  }
}
