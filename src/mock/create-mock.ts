import { createRedaction } from '../http/redaction/redaction.ts'
import type { ApiDocument } from '../openapi/document.ts'
import { DEFAULTS } from './defaults.ts'
import type { Doors, MockFetch, Serve } from './doors.ts'
import { createFetch } from './http/fetch.ts'
import { createMockState, type MockState } from './mock-state.ts'
import { keysOf, type MockOptions } from './options.ts'
import type { Platform } from './platform.ts'
import { requireOptions } from './require-options.ts'
import { createServe } from './serve.ts'

/** One mock: its state, and the ways in that its doors share. */
export interface MockCore extends MockState, Doors {
  readonly basePath: string
  readonly document: ApiDocument
  /** Each defect of the mock that was met, in words. */
  readonly defects: readonly string[]
  /** Answers without a socket; a request that names no session is for this one. */
  fetchFor(session: string): MockFetch
  /** One sentence for each operation that the mock was not written for. */
  readonly news: readonly string[]
  /** Serves by another document from the next request on; all state stays. Throws a DocumentError if it cannot. */
  useDocument(document: ApiDocument): void
}

/** Assembles an independent mock. Throws a DocumentError if the document cannot be used, a RangeError for an option that cannot. */
export function createMockCore(options: MockOptions, platform: Platform): MockCore {
  requireOptions(options)
  const defects: string[] = []
  let document = platform.loadDocument(options.document)
  let serveNow: Serve
  const serve: Serve = (request, sessionId, send) => serveNow(request, sessionId, send)
  const reportDefect = (text: string) => {
    defects.push(text)
    platform.warn(text)
  }
  const { contentCodings, memoryMb, version } = platform
  const fetchFor = (session: string) => createFetch({ serve, reportDefect, contentCodings }, session)
  const adminDocument = () => platform.loadAdminDocument(document).document
  const nextFor = (by: ApiDocument) => platform.nextVersion?.(by, options.seed ?? DEFAULTS.seed)
  let next = nextFor(document)
  const services = { document: () => document, adminDocument, fetchFor, version, memoryMb, above: platform.live?.above }
  const state = createMockState(options, { ...services, ...(next && { adaptSeedData: next.seedData }) })
  const redaction = createRedaction(keysOf(options))
  const { sessions, memory } = state
  const events = platform.events?.({ sessions, memory, redaction, live: platform.live, runs: platform.runs })
  const serveBy = (by: ApiDocument) => createServe(by, platform, options, { ...state, events, defects }, next)
  serveNow = serveBy(document)
  return {
    ...state,
    basePath: document.basePath,
    get document() {
      return document
    },
    get news() {
      return next?.news ?? []
    },
    defects,
    reportDefect,
    serve,
    fetchFor,
    useDocument: (given) => {
      const other = platform.prepare?.(given) ?? given
      next = nextFor(other)
      serveNow = serveBy(other)
      document = other
    },
  }
}
