import { readBaseUrl } from '../../http/base-url.ts'
import { createRedaction } from '../../http/redaction/redaction.ts'
import type { Transport } from '../../http/transport/transport.ts'
import { createMockCore, type MockCore } from '../create-mock.ts'
import { DEFAULTS } from '../defaults.ts'
import type { FindHooks } from '../hooks.ts'
import type { Live } from '../live.ts'
import { keysOf, type MockOptions } from '../options.ts'
import type { Api } from '../pipeline.ts'
import type { Platform } from '../platform.ts'
import type { Session } from '../sessions/session.ts'
import { DEFAULT_SESSION } from '../sessions/sessions.ts'
import { COLLECTIONS } from '../store/state.ts'
import { controlOf } from '../upstream/control.ts'
import { mockedFor } from '../upstream/live-response.ts'
import type { OpenedLive } from '../upstream/open-live.ts'
import type { recordingOf } from '../upstream/recording.ts'
import { requireSettings, settingsOf } from '../upstream/settings.ts'
import { UpstreamError } from '../upstream/upstream-error.ts'
import type { UpstreamOptions } from '../upstream/upstream-options.ts'
import { createViolationLog } from '../upstream/violation-log.ts'
import { authenticate } from '../validation/authenticate.ts'
import { nodePlatform } from './node-platform.ts'

/** The parts that ask a live server, and write down what it shows. */
export interface LoadedLive extends OpenedLive {
  readonly transport: Transport
  readonly recordingOf: typeof recordingOf
}

/** A live server that the mock sends to. */
export interface ConnectedLive {
  readonly control: Live['control']
  /** The parts that ask, which are loaded at the first request. */
  readonly parts: () => Promise<LoadedLive>
  /** Ends the connections. */
  close(): Promise<void>
}

/**
 * Numbers that the mock gives out start here, far above those of a live server, and far below those that a double rounds. Each is
 * looked for there besides before it is given.
 */
export const FIRST_NUMBER = 2 ** 52

const FIRST = { order: FIRST_NUMBER, domain: FIRST_NUMBER } as const

/** Assembles a mock in front of a live server. It has no records of its own, unless a pack is named. */
export function connectLive(
  options: MockOptions,
  upstream: UpstreamOptions,
  platform: Platform,
): MockCore & { live: ConnectedLive } {
  const { apiKeys = [DEFAULTS.apiKey], memoryMb = nodePlatform.memoryMb() } = options
  requireUrl(upstream.url)
  let settings = settingsOf(upstream)
  const redaction = createRedaction(keysOf(options))
  const violations = createViolationLog(redaction)
  const operationIds = () => core.document.operations.map(({ id }) => id)
  let loaded: ReturnType<ConnectedLive['parts']> | undefined
  const load = async () => {
    const { openTransport, openLive, recordingOf } = await import('./live-parts.ts')
    const transport = openTransport(upstream)
    const opened = openLive(upstream, {
      transport,
      document: () => core.document,
      apiKeys,
      redaction,
      settings: () => settings,
      violations,
      name: crypto.randomUUID(),
      maxKnown: () => (memoryMb * 1024 * 1024) / 2,
    })
    knowStart(core, opened)
    return { ...opened, transport, recordingOf }
  }
  const parts = () => {
    loaded ??= load().catch((error: unknown) => {
      // The next request tries again.
      loaded = undefined
      throw error
    })
    return loaded
  }
  const recordingNow = ({ recordingOf, side }: Awaited<ReturnType<ConnectedLive['parts']>>) =>
    recordingOf(side, {
      url: upstream.url,
      seed: options.seed ?? DEFAULTS.seed,
      keep: upstream.keep ?? [],
      redaction: side.redaction,
      secrets: side.recorder.secrets,
    })
  let changes = 0
  const set = (next: typeof settings) => {
    requireSettings(next, operationIds())
    settings = next
    changes += 1
  }
  const control = controlOf(upstream.url, violations, { get: () => settings, set }, async () =>
    recordingNow(await parts()),
  )
  const isPackNamed = options.pack !== undefined && options.pack !== DEFAULTS.pack
  const own: MockOptions = isPackNamed ? options : { ...options, pack: 'empty' }
  const core: MockCore = createMockCore(own, {
    ...platform,
    live: {
      ...liveOf(upstream, parts, control),
      revision: () => changes + violations.revision,
      violationCount: () => violations.count,
    },
  })
  requireSettings(settings, operationIds())
  core.startAfter((store) => store.with({ counters: FIRST }))
  const close = async () => (await loaded)?.transport.close()
  return Object.assign(core, { live: { control, parts, close } })
}

/** Throws an UpstreamError for what is no URL of a server, without repeating what may hold a password. */
function requireUrl(url: string): void {
  const read = readBaseUrl(url)
  if (typeof read === 'string') throw new UpstreamError(`The URL of the upstream must be ${read}.`)
  if (read.authorization !== undefined)
    throw new UpstreamError('The URL of the upstream must have no user and password.')
}

/** Records that a session starts from count as seen, and numbers go on far above them. */
function knowStart(core: MockCore, { side }: OpenedLive): void {
  const { start } = core.sessions.get(DEFAULT_SESSION)
  if (COLLECTIONS.some((name) => start[name].size > 0)) side.knowledge.startFrom(start)
  if (start.counters.order < FIRST_NUMBER) core.startAfter((store) => store.with({ counters: FIRST }))
}

/** The hooks load what they need at the first request. */
function liveOf(
  { clientKey }: UpstreamOptions,
  parts: ConnectedLive['parts'],
  control: Live['control'],
): Pick<Live, 'wrap' | 'above' | 'control'> {
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
  return { wrap, above: FIRST_NUMBER, control }
}

/** Any key will do here, if there is one: the live server decides. */
const requireSomeKey: Api<Session>['authenticate'] = (operation, request) =>
  authenticate(operation, request, request.headers.api_key ? [String(request.headers.api_key)] : [])
