import express, { type Express, type Request, type Response } from 'express'
import { createIssuer } from '../fixtures/issuer.ts'
import { createPristine } from '../fixtures/pristine.ts'
import { type Clock, settableClock } from './clock.ts'
import type { Control } from './control/context.ts'
import { loadControlDocument } from './control/document.ts'
import type { GateOptions } from './control/gate.ts'
import { serveControl } from './control/serve-control.ts'
import type { Exchange } from './exchange.ts'
import { pathOf, readVersion } from './package-files.ts'
import { refuseUnserved } from './serving/refuse-unserved.ts'
import type { Serve } from './serving/serve.ts'
import { serveApi } from './serving/serve-api.ts'
import { selectSession } from './sessions/select.ts'
import { createSession } from './sessions/session.ts'
import { createSessions, type Sessions } from './sessions/sessions.ts'
import { type ApiDocument, loadDocument } from './spec/document.ts'
import type { PackName } from './store/pack.ts'

/** How a mock differs from the default one. */
export interface AppOptions {
  readonly seed?: number
  /** How many pets the fixtures hold. */
  readonly pets?: number
  readonly apiKeys?: readonly string[]
  /** Where each session's clock starts, and what it follows when it is told to run. */
  readonly clock?: Clock
  /** How long a session may be idle, in milliseconds. */
  readonly sessionTtl?: number
  /** How many sessions may live beside the default one. */
  readonly maxSessions?: number
  /** The fixtures to start from. */
  readonly pack?: PackName
  /** Asked for by the control plane as a Bearer token; then other machines may use it too. */
  readonly adminToken?: string
  /** Origins whose pages may use the control plane. */
  readonly adminOrigins?: readonly string[]
  /** The path of the OpenAPI document. */
  readonly document?: string
  /** Called once for each answered request. */
  readonly onExchange?: (exchange: Exchange) => void
}

/** One mock: its Express app, its sessions, and what went wrong in it. */
export interface MockApp {
  readonly app: Express
  readonly basePath: string
  readonly sessions: Sessions
  /** Each defect of the mock that was met, in words. */
  readonly defects: readonly string[]
}

const DEFAULTS = {
  seed: 1,
  pets: 10,
  pack: 'default',
  apiKeys: ['special-key'],
  sessionTtl: 60 * 60 * 1000,
  maxSessions: 1000,
  adminOrigins: [],
} as const

/** Assembles an independent mock. Throws a DocumentError where the document cannot be used. */
export function createApp(options: AppOptions = {}): MockApp {
  const { seed, pets, pack, apiKeys, sessionTtl, maxSessions, adminOrigins } = { ...DEFAULTS, ...options }
  const document = loadDocument(options.document ?? pathOf('openapi.yaml'))
  const start = {
    pristine: createPristine(seed, pack === 'default' ? { pets } : { pack }),
    document,
    issue: createIssuer(seed),
    clock: () => settableClock(options.clock),
  }
  const limits = { ttl: sessionTtl, max: maxSessions, uptime: () => performance.now() }
  const sessions = createSessions((id) => createSession(id, start), limits)
  const defects: string[] = []
  const api = serveApi(document, apiKeys, (exchange, session) => {
    session.journal.record(exchange)
    session.coverage.record(exchange)
    if (exchange.defect !== undefined) defects.push(exchange.defect)
    options.onExchange?.(exchange)
  })
  const gate = { origins: adminOrigins, ...(options.adminToken !== undefined && { token: options.adminToken }) }
  const replay = { seed, ...(pack === 'default' ? { pets } : { pack }) }
  const control = controlFor(document, gate, (defect) => defects.push(defect), { sessions, replay })
  const app = bareExpress()
  app.use(async (req, res) => {
    const { id, target } = selectSession(req.url, req.headers)
    if (target.startsWith('/__admin')) await control(req, res, target, id)
    else await api(req, res, target, sessions.get(id))
  })
  app.use(refuseUnserved)
  return { app, basePath: document.basePath, sessions, defects }
}

/** The control plane, on the session that a request names. Its document is read when it is first asked for. */
function controlFor(
  api: ApiDocument,
  gate: GateOptions,
  onDefect: (defect: string) => void,
  whole: Pick<Control, 'sessions' | 'replay'>,
) {
  let loaded: { readonly serve: Serve<Control>; readonly about: Pick<Control, 'documentText' | 'version'> } | undefined
  const load = () => {
    const { document, text } = loadControlDocument(api, pathOf('src/control/openapi.yaml'))
    return { serve: serveControl(document, gate, onDefect), about: { documentText: text, version: readVersion() } }
  }
  return (req: Request, res: Response, target: string, id: string) => {
    loaded ??= load()
    const base = `http://${req.headers.host ?? 'localhost'}`
    return loaded.serve(req, res, target, { session: whole.sessions.get(id), base, ...whole, ...loaded.about })
  }
}

/** Express as a shell: the way of a request is `serve.ts`. */
function bareExpress(): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  return app
}
