import { fileURLToPath } from 'node:url'
import express, { type Express } from 'express'
import { createBaseline } from '../fixtures/index.ts'
import { createIssuer } from '../fixtures/issuer.ts'
import { type Clock, settableClock } from './clock.ts'
import type { Exchange } from './exchange.ts'
import { refuseUnserved } from './serving/refuse-unserved.ts'
import { serveApi } from './serving/serve-api.ts'
import { selectSession } from './sessions/select.ts'
import { createSession } from './sessions/session.ts'
import { createSessions, type Sessions } from './sessions/sessions.ts'
import { loadDocument } from './spec/document.ts'
import { createStore } from './store/store.ts'

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

const DEFAULTS = { seed: 1, pets: 10, apiKeys: ['special-key'], sessionTtl: 60 * 60 * 1000, maxSessions: 1000 }

/** Assembles an independent mock. Throws a DocumentError where the document cannot be used. */
export function createApp(options: AppOptions = {}): MockApp {
  const { seed, pets, apiKeys, sessionTtl, maxSessions } = { ...DEFAULTS, ...options }
  const document = loadDocument(options.document ?? documentPath())
  const start = {
    pristine: createStore(createBaseline({ seed, pets })),
    issue: createIssuer(seed),
    clock: () => settableClock(options.clock),
  }
  const limits = { ttl: sessionTtl, max: maxSessions, uptime: () => performance.now() }
  const sessions = createSessions((id) => createSession(id, start), limits)
  const defects: string[] = []
  const api = serveApi(document, apiKeys, (exchange) => {
    if (exchange.defect !== undefined) defects.push(exchange.defect)
    options.onExchange?.(exchange)
  })
  const app = bareExpress()
  app.use(async (req, res) => {
    const { id, target } = selectSession(req.url, req.headers)
    await api(req, res, target, sessions.get(id))
  })
  app.use(refuseUnserved)
  return { app, basePath: document.basePath, sessions, defects }
}

/** Express as a shell: the way of a request is `serve.ts`. */
function bareExpress(): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  return app
}

const documentPath = () => fileURLToPath(new URL('../../openapi.yaml', import.meta.url))
