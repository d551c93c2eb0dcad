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

/** A `fetch` that adds the session's header to requests to the mock. Other requests, and those with the header, stay unchanged. */
export function sessionFetch(
  original: typeof fetch,
  isForMock: (target: string) => boolean,
  session: () => Readonly<Record<string, string>>,
): typeof fetch {
  return async (input, init) => {
    const isRequest = typeof input === 'object' && 'headers' in input
    if (!isForMock(isRequest ? input.url : String(input))) return original(input, init)
    const headers = new Headers(init?.headers ?? (isRequest ? input.headers : undefined))
    if (headers.has(HEADER)) return original(input, init)
    for (const [name, value] of Object.entries(session())) headers.set(name, value)
    return original(input, { ...init, headers })
  }
}
