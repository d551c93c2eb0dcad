import { createRedaction } from '../../http/redaction/redaction.ts'
import type { Transport } from '../../http/transport/transport.ts'
import { createMockCore, type MockCore } from '../create-mock.ts'
import { DEFAULTS } from '../defaults.ts'
import type { FindHooks } from '../hooks.ts'
import type { Live } from '../live.ts'
import { keysOf, type MockOptions } from '../options.ts'
import type { Api } from '../pipeline.ts'
import type { Session } from '../sessions/session.ts'
import { DEFAULT_SESSION } from '../sessions/sessions.ts'
import { controlOf } from '../upstream/control.ts'
import { mockedFor } from '../upstream/live-response.ts'
import type { OpenedLive } from '../upstream/open-live.ts'
import { requireSettings, settingsOf } from '../upstream/settings.ts'
import type { UpstreamOptions } from '../upstream/upstream-options.ts'
import { createViolationLog } from '../upstream/violation-log.ts'
import { authenticate } from '../validation/authenticate.ts'
import { nodePlatform } from './node-platform.ts'
import { platformFor } from './platform-for.ts'

/** A live server that the mock sends to. */
export interface ConnectedLive {
  readonly control: Live['control']
  /** The parts that ask, which are loaded at the first request. */
  readonly parts: () => Promise<OpenedLive & { readonly transport: Transport }>
  /** Ends the connections. */
  close(): Promise<void>
}

/**
 * Numbers that the mock gives out start here, far above those of a live server, and far below those that a double rounds. Each is
 * looked for there besides before it is given.
 */
export const FIRST_NUMBER = 2 ** 52

/** Assembles a mock in front of a live server. It has no records of its own, unless a pack is named. */
export function connectLive(options: MockOptions, upstream: UpstreamOptions): MockCore & { live: ConnectedLive } {
  const { apiKeys = [DEFAULTS.apiKey], memoryMb = nodePlatform.memoryMb() } = options
  let settings = settingsOf(upstream)
  const violations = createViolationLog()
  const operationIds = () => core.document.operations.map(({ id }) => id)
  let loaded: ReturnType<ConnectedLive['parts']> | undefined
  const load = async () => {
    const [{ openTransport }, { openLive }] = await Promise.all([
      import('./open-transport.ts'),
      import('../upstream/open-live.ts'),
    ])
    const transport = openTransport(upstream)
    const opened = openLive(upstream, {
      transport,
      document: () => core.document,
      apiKeys,
      redaction: createRedaction(keysOf(options)),
      settings: () => settings,
      violations,
      name: crypto.randomUUID(),
      maxKnown: () => (memoryMb * 1024 * 1024) / 2,
    })
    if (isPackNamed) opened.side.knowledge.startFrom(core.sessions.get(DEFAULT_SESSION).start)
    return { ...opened, transport }
  }
  const parts = () => {
    loaded ??= load()
    return loaded
  }
  const set = (next: typeof settings) => {
    requireSettings(next, operationIds())
    settings = next
  }
  const control = controlOf(upstream.url, violations, { get: () => settings, set }, async () => ({ recording: {} }))
  const isPackNamed = options.pack !== undefined && options.pack !== DEFAULTS.pack
  const own: MockOptions = isPackNamed ? options : { ...options, pack: 'empty' }
  const core: MockCore = createMockCore(own, {
    ...platformFor(options.profile),
    live: liveOf(upstream, parts, control),
  })
  requireSettings(settings, operationIds())
  core.startAfter((store) => store.with({ counters: { order: FIRST_NUMBER, domain: FIRST_NUMBER } }))
  const close = async () => (await loaded)?.transport.close()
  return Object.assign(core, { live: { control, parts, close } })
}

/** The hooks load what they need at the first request. */
function liveOf({ clientKey }: UpstreamOptions, parts: ConnectedLive['parts'], control: Live['control']): Live {
  const wrap: Live['wrap'] = (api, memory) => {
    let hooks: FindHooks<Session> | undefined
    return {
      ...api,
      ...(clientKey && { authenticate: requireSomeKey }),
      findHooks: async (matched, session) => {
        hooks ??= (await parts()).hooksBy({ ...api, memory })
        return hooks(matched, session)
      },
      findHooksOfNone: async (request) => (await parts()).hooksOfNone(request),
      headers: (session, request) => ({ ...api.headers(session, request), ...mockedFor('mocked') }),
    }
  }
  return { wrap, control }
}

/** Any key will do here, if there is one: the live server decides. */
const requireSomeKey: Api<Session>['authenticate'] = (operation, request) =>
  authenticate(operation, request, request.headers.api_key ? [String(request.headers.api_key)] : [])
