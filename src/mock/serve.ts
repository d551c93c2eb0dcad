import { createRedaction, type Redaction } from '../http/redaction/redaction.ts'
import type { ApiDocument } from '../openapi/document.ts'
import { createAdminApi } from './admin/admin-api.ts'
import type { AdminContext } from './admin/context.ts'
import type { AdminDocument } from './admin/document.ts'
import type { GateOptions } from './admin/gate.ts'
import { DEFAULTS } from './defaults.ts'
import type { Serve } from './doors.ts'
import { createInboxesApi } from './inboxes-api.ts'
import type { NextVersion } from './next-version/next-version.ts'
import { keysOf, type MockOptions } from './options.ts'
import type { Api, Pipeline } from './pipeline.ts'
import type { Platform } from './platform.ts'
import type { Exchange } from './requests/exchange.ts'
import type { Session } from './sessions/session.ts'
import { DEFAULT_SESSION } from './sessions/sessions.ts'
import { createSite } from './site/site.ts'
import { keyToShow } from './site/site-options.ts'
import { sleep } from './sleep.ts'

/** The parts of a mock that both APIs work on. */
export type SharedState = Pick<AdminContext, 'sessions' | 'coverage' | 'memory' | 'events'> & {
  /** Each defect of the mock that was met, in words; new ones are added. */
  readonly defects: string[]
}

/** Serves both APIs by one document over the same sessions, and the pages outside of them. */
export function createServe(
  document: ApiDocument,
  platform: Platform,
  options: MockOptions,
  state: SharedState,
  next?: NextVersion,
): Serve {
  const { version, writeYaml, indexPage } = platform
  const { apiKeys = [DEFAULTS.apiKey], onExchange, onChange } = options
  const report = (exchange: Exchange, sessionId: string) => {
    if (exchange.defect !== undefined && state.defects.length < MOST_DEFECTS) state.defects.push(exchange.defect)
    if (exchange.status < 400 && !READS.has(exchange.method)) onChange?.(sessionId)
  }
  const redaction = createRedaction(keysOf(options))
  const onApiExchange: Api<Session>['onExchange'] = (exchange, session, { sessionProblem }) => {
    if (sessionProblem === undefined) {
      const recorded = session.journal.record(exchange)
      state.events?.note?.(recorded, session.id)
      session.coverage.record(exchange)
      state.memory.settle(session)
    }
    report(exchange, session.id)
    // The session stands first: V8 of Node 20 takes 5 us to add a property to a copy of so many.
    onExchange?.(session.id === DEFAULT_SESSION ? exchange : { session: session.id, ...exchange })
  }
  const api = createInboxesApi(document, options, redaction, state.memory, onApiExchange, next, platform.live)
  const { adminOrigins = [], adminToken, ui: wantsUi = true } = options
  const gate = { origins: adminOrigins, ...(adminToken !== undefined && { token: adminToken }) }
  const ui = wantsUi ? platform.ui?.(gate) : undefined
  const admin = serveAdmin(() => platform.loadAdminDocument(document), gate, state, redaction, report, next, platform)
  const apiKey = keyToShow(apiKeys)
  const site = createSite({ document, version, writeYaml, indexPage, apiKey, lacksUi: ui?.isMissing })
  return (request, sessionId, send) => {
    const file = ui?.answer(request)
    if (file) return Promise.resolve(send(file))
    if (request.target.startsWith('/__admin')) return admin(request, sessionId, send)
    const page = site(request)
    return page ? Promise.resolve(send(page)) : api(request, state.sessions.get(sessionId), send)
  }
}

/** Every further defect is in the journal and in the log. */
export const MOST_DEFECTS = 1_000

const READS = new Set(['GET', 'HEAD', 'OPTIONS'])

interface LoadedAdmin {
  readonly run: Pipeline<AdminContext>
  readonly documentText: string
}

/** Most runs never use the control plane, so its document is read, and its validators are loaded, at the first request. */
function serveAdmin(
  adminDocument: () => AdminDocument,
  gate: GateOptions,
  state: SharedState,
  redaction: Redaction,
  report: (exchange: Exchange, sessionId: string) => void,
  next: NextVersion | undefined,
  { live, runs, warn }: Pick<Platform, 'live' | 'runs' | 'warn'>,
): Serve {
  let loaded: Promise<LoadedAdmin> | undefined
  const load = async () => {
    const { document, text } = adminDocument()
    // Both halves take some 30 ms; other requests are answered between them.
    await sleep(0)
    const onAdminExchange = (exchange: Exchange, { sessionId, used }: AdminContext) => {
      const session = used()
      if (session) state.memory.settle(session)
      if (exchange.defect !== undefined) warn(exchange.defect)
      report(exchange, sessionId)
    }
    const run = createAdminApi(document, gate, redaction, onAdminExchange, next?.adaptFor(document))
    return { run, documentText: text }
  }
  return async (request, sessionId, send) => {
    loaded ??= load().catch((error: unknown) => {
      // The next request tries again.
      loaded = undefined
      throw error
    })
    const { run, documentText } = await loaded
    const base = `http://${request.headers.host ?? 'localhost'}`
    const { sessions, coverage, memory, events } = state
    const lastEventId = request.headers['last-event-id']
    return run(
      request,
      contextOf(sessionId, {
        sessions,
        coverage,
        memory,
        events,
        ...(lastEventId !== undefined && { lastEventId: String(lastEventId) }),
        base,
        documentText,
        ...(live && { upstream: live.control }),
        runs,
      }),
      send,
    )
  }
}

/** The session starts at its first use: asking whether one lives, or being refused, must not start it. */
function contextOf(sessionId: string, rest: Omit<AdminContext, 'session' | 'sessionId' | 'used'>): AdminContext {
  let used: Session | undefined
  return {
    ...rest,
    sessionId,
    get session() {
      used = rest.sessions.get(sessionId)
      return used
    },
    used: () => used,
  }
}
