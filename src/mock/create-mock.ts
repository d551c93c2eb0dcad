import express, { type Express } from 'express'
import { createIdGenerator } from '../../fixtures/id-generator.ts'
import { createSeedStores } from '../../fixtures/seed-stores.ts'
import { streamOf } from '../../fixtures/stream.ts'
import { type ApiDocument, loadDocument } from '../openapi/document.ts'
import { pathOf, readVersion } from '../openapi/package-files.ts'
import { admitState } from './admin/judge-state.ts'
import { createPlanes } from './apis.ts'
import { type Clock, REFERENCE_DATE, settableClock } from './clock.ts'
import { refuseUnserved } from './http/refuse-unserved.ts'
import type { MockOptions } from './options.ts'
import { type Coverage, createCoverage } from './requests/coverage.ts'
import { selectSession } from './sessions/select.ts'
import { createSession } from './sessions/session.ts'
import { createSessions, DEFAULT_SESSION, type Sessions } from './sessions/sessions.ts'
import type { PackName } from './store/pack.ts'
import type { State } from './store/state.ts'

/** One mock: its Express app, its sessions, and what went wrong in it. */
export interface MockApp {
  readonly app: Express
  readonly basePath: string
  readonly document: ApiDocument
  readonly sessions: Sessions
  /** What all sessions together have exercised of the document, those that left included. */
  coverage(): Coverage
  /** Each defect of the mock that was met, in words. */
  readonly defects: readonly string[]
  /** Has the default session, and each that starts or is reset from now on, start from a state that conforms. */
  startFrom(state: Partial<State>): void
  /** Serves by another document from the next request on; all state stays. Throws a DocumentError where it cannot. */
  useDocument(document: ApiDocument): void
}

const DEFAULTS = {
  seed: 1,
  pets: 10,
  pack: 'default',
  sessionTtl: 60 * 60 * 1000,
  maxSessions: 1000,
} as const

/** Real time, in whole milliseconds since the process started. Nobody can set it. */
const UPTIME: Clock = { now: () => Math.floor(performance.now()) }

/** Assembles an independent mock. Throws a DocumentError where the document cannot be used. */
export function createApp(options: MockOptions = {}): MockApp {
  const { seed, pets, pack, sessionTtl, maxSessions } = { ...DEFAULTS, ...options }
  const fixtures = pack === 'default' ? { pets } : { pack }
  let document = loadDocument(options.document ?? pathOf('openapi.yaml'))
  const retired = createCoverage(document)
  const packs = createSeedStores(seed, fixtures)
  let initial = packs()
  const start = {
    seedStore: (name?: PackName) => (name === undefined ? initial : packs(name)),
    document: () => document,
    ids: createIdGenerator(seed),
    faultStream: (fault: string) => streamOf(seed, 'fault', fault),
    retire: (coverage: Coverage) => retired.add(coverage),
    journal: {
      version: readVersion,
      replay: {
        options: { seed, ...fixtures, ...(options.document && { document: options.document }) },
        fixtures: packs,
      },
    },
    admitState: (state: unknown) => admitState(document, state),
    clock: () => (options.clock ? settableClock(options.clock) : settableClock(UPTIME, REFERENCE_DATE)),
  }
  const limits = { ttl: sessionTtl, max: maxSessions, uptime: UPTIME.now }
  const sessions = createSessions(
    (id) => createSession(id, start),
    limits,
    ({ coverage }) => retired.add(coverage),
  )
  const coverage = () => {
    const merged = createCoverage(document)
    for (const part of [retired, ...sessions.all().map((session) => session.coverage)]) merged.add(part)
    return merged
  }
  const defects: string[] = []
  const planesOf = (by: ApiDocument) => createPlanes(by, options, { sessions, coverage }, defects)
  let planes = planesOf(document)
  const app = bareExpress()
  app.use(async (req, res) => {
    const { id, target } = selectSession(req.url, req.headers)
    await (target.startsWith('/__admin') ? planes.control : planes.api)(req, res, target, id)
  })
  app.use(refuseUnserved(defects))
  return {
    app,
    basePath: document.basePath,
    get document() {
      return document
    },
    sessions,
    coverage,
    defects,
    startFrom: (state) => {
      initial = initial.with(state)
      const main = sessions.get(DEFAULT_SESSION)
      main.replaceStore(main.store.with(state))
    },
    useDocument: (next) => {
      planes = planesOf(next)
      document = next
    },
  }
}

/** Express as a shell: the way of a request is `pipeline.ts`. */
function bareExpress(): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  return app
}
