import { DEFAULTS } from './mock/defaults.ts'
import type { MockFetch } from './mock/doors.ts'

/** The mock, and the address under which the application asks for its API. */
export interface HandlersOptions {
  /** A mock, or one of its sessions. */
  readonly mock: { readonly fetch: MockFetch }
  /** The address of the API, base path included, as `listen()` gives it. In a page it may be a path, such as `/api`. */
  readonly baseUrl: string
  /** The path under which the mock serves its API, if its document has another first server. */
  readonly basePath?: string
}

/**
 * Handlers for MSW 2: they answer what is below `baseUrl` by the mock, and leave all else to others. A fault that breaks the
 * connection is a network error, as `HttpResponse.error()` is. For the compiler they fit wherever handlers are asked for;
 * `handlers<RequestHandler>(…)` names their type.
 */
export function handlers<Handler = never>(options: HandlersOptions): Handler[] {
  // MSW's class has private members, which for the compiler no other object has. MSW itself calls those of MockHandler.
  return [createHandler(options) as Handler]
}

function createHandler({ mock, baseUrl, basePath = DEFAULTS.basePath }: HandlersOptions): MockHandler {
  const base = new URL(baseUrl, pageAddress())
  const targetOf = ({ url }: Request) => targetBelow(base, new URL(url), basePath)
  const handler: MockHandler = {
    kind: 'request',
    __kind: 'RequestHandler',
    info: { header: `all ${base.href}` },
    isUsed: false,
    parse: async () => ({}),
    predicate: ({ request }) => targetOf(request) !== undefined,
    test: async ({ request }) => targetOf(request) !== undefined,
    log: () => {},
    reset: () => {},
    restore: () => {},
    dispose: () => {},
    run: async ({ request, requestId }) => {
      const target = targetOf(request)
      if (target === undefined) return null
      handler.isUsed = true
      return { handler, request, requestId, parsedResult: {}, response: await answer(mock.fetch, target, request) }
    },
  }
  return handler
}

/** The address of the page, which a path is relative to; undefined in Node. */
function pageAddress(): string | undefined {
  const location: unknown = Reflect.get(globalThis, 'location')
  return location === undefined ? undefined : String(location)
}

/** The members of a handler that MSW 2 and 3 call; `__kind` is for versions before 2.13. */
interface MockHandler {
  readonly kind: 'request'
  readonly __kind: 'RequestHandler'
  readonly info: { readonly header: string }
  isUsed: boolean
  parse(): Promise<object>
  predicate(asked: { readonly request: Request }): boolean
  test(asked: { readonly request: Request }): Promise<boolean>
  log(): void
  reset(): void
  restore(): void
  dispose(): void
  run(asked: { readonly request: Request; readonly requestId: string }): Promise<object | null>
}

/** Path and query for the mock; undefined for a URL that is not below the base. */
function targetBelow(base: URL, url: URL, basePath: string): string | undefined {
  const prefix = base.pathname.replace(/\/$/, '')
  const isBelow = url.origin === base.origin && url.pathname.startsWith(`${prefix}/`)
  return isBelow ? basePath + url.pathname.slice(prefix.length) + url.search : undefined
}

/** MSW takes an error that is thrown for a mistake in a handler. */
async function answer(fetch: MockFetch, target: string, request: Request): Promise<Response> {
  const { method, headers, signal } = request
  const body = method === 'GET' || method === 'HEAD' ? null : await request.clone().arrayBuffer()
  try {
    return await fetch(target, { method, headers, signal, body: body?.byteLength ? body : null })
  } catch (error) {
    if (error instanceof TypeError || signal.aborted) return Response.error()
    throw error
  }
}
