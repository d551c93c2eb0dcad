import { fileURLToPath } from 'node:url'
import express, { type Express } from 'express'
import { createBaseline } from '../fixtures/index.ts'
import { createIssuer } from '../fixtures/issuer.ts'
import { type Clock, fixedClock } from './clock.ts'
import { enforcerOf } from './enforcement/enforcer.ts'
import type { Exchange } from './exchange.ts'
import type { World } from './operations/handler.ts'
import { createServe } from './serve.ts'
import { loadDocument } from './spec/document.ts'
import { createStore, type Store } from './store/store.ts'

/** How a mock differs from the default one. */
export interface AppOptions {
  readonly seed?: number
  /** How many pets the fixtures hold. */
  readonly pets?: number
  readonly apiKeys?: readonly string[]
  readonly clock?: Clock
  /** The path of the OpenAPI document. */
  readonly document?: string
  /** Called once for each answered request. */
  readonly onExchange?: (exchange: Exchange) => void
}

/** One mock: its Express app, its state, and what went wrong in it. */
export interface MockApp {
  readonly app: Express
  readonly basePath: string
  readonly store: Store
  /** Each defect of the mock that was met, in words. */
  readonly defects: readonly string[]
  reset(): void
}

const DEFAULTS = { seed: 1, pets: 10, apiKeys: ['special-key'] }

/** Assembles an independent mock. Throws a DocumentError where the document cannot be used. */
export function createApp(options: AppOptions = {}): MockApp {
  const { seed, pets, apiKeys } = { ...DEFAULTS, ...options }
  const document = loadDocument(options.document ?? documentPath())
  const pristine = createStore(createBaseline({ seed, pets }))
  const defects: string[] = []
  let world: World = { store: pristine.fork(), clock: options.clock ?? fixedClock(), issue: createIssuer(seed) }
  const onExchange = (exchange: Exchange) => {
    if (exchange.defect !== undefined) defects.push(exchange.defect)
    options.onExchange?.(exchange)
  }
  const app = bareExpress()
  app.use(createServe({ document, enforcer: enforcerOf(document), apiKeys, world: () => world, onExchange }))
  return {
    app,
    basePath: document.basePath,
    get store() {
      return world.store
    },
    defects,
    reset: () => {
      world = { ...world, store: pristine.fork() }
    },
  }
}

/** Express as a shell: the way of a request is `serve.ts`. */
function bareExpress(): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  return app
}

const documentPath = () => fileURLToPath(new URL('../../openapi.yaml', import.meta.url))
