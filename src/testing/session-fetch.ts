import { isLoopbackHost } from '../http/address.ts'

const HEADER = 'X-Mock-Session'

/** True for what goes to the mock at `url`, by whichever name of this machine; `base` is for what is no whole URL. */
export function isFor(url: string, target: string | URL, base?: string): boolean {
  if (!URL.canParse(String(target), base)) return false
  const [mock, asked] = [new URL(url), new URL(target, base)]
  const sameHost = mock.hostname === asked.hostname || (isLoopbackHost(mock.hostname) && isLoopbackHost(asked.hostname))
  return sameHost && mock.port === asked.port
}

/** A `fetch` that adds the session's header to what goes to the mock and has none yet; all else passes as it came. */
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
