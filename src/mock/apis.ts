import type { Request, Response } from 'express'
import type { ApiDocument } from '../openapi/document.ts'
import type { Control } from './admin/context.ts'
import { loadControlDocument } from './admin/document.ts'
import { serveControl } from './admin/serve-control.ts'
import { interferer } from './faults/interferer.ts'
import type { MockOptions } from './options.ts'
import type { Serve } from './pipeline.ts'
import type { Exchange } from './requests/exchange.ts'
import { serveApi } from './serve-api.ts'

/** Answers a request for `target` on the session of this id. */
export type Plane = (req: Request, res: Response, target: string, sessionId: string) => Promise<void>

/** The two APIs that a mock serves, by one document. */
export interface Planes {
  readonly api: Plane
  readonly control: Plane
}

/** Makes both planes over the same sessions; what they find wrong in themselves is added to `defects`. */
export function createPlanes(
  document: ApiDocument,
  options: MockOptions,
  { sessions, coverage }: Pick<Control, 'sessions' | 'coverage'>,
  defects: string[],
): Planes {
  const { apiKeys = ['special-key'], onExchange, onChange } = options
  const report = (exchange: Exchange, sessionId: string) => {
    if (exchange.defect !== undefined) defects.push(exchange.defect)
    if (exchange.status < 400 && !READS.has(exchange.method)) onChange?.(sessionId)
  }
  const api = serveApi(document, apiKeys, interferer, (exchange, session) => {
    session.journal.record(exchange)
    session.coverage.record(exchange)
    report(exchange, session.id)
    onExchange?.(exchange)
  })
  return {
    api: (req, res, target, id) => api(req, res, target, sessions.get(id)),
    control: controlPlane(document, options, { sessions, coverage }, report),
  }
}

const READS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** The session starts when it is first asked for: who asks whether it lives, or is refused, must not start it. */
const controlOf = (sessionId: string, rest: Omit<Control, 'session' | 'sessionId'>): Control => ({
  ...rest,
  sessionId,
  get session() {
    return rest.sessions.get(sessionId)
  },
})

/** The control plane reads its document when it is first asked for: most runs never do. */
function controlPlane(
  api: ApiDocument,
  { adminOrigins = [], adminToken }: MockOptions,
  whole: Pick<Control, 'sessions' | 'coverage'>,
  report: (exchange: Exchange, sessionId: string) => void,
): Plane {
  const gate = { origins: adminOrigins, ...(adminToken !== undefined && { token: adminToken }) }
  let loaded: { readonly serve: Serve<Control>; readonly documentText: string } | undefined
  const load = () => {
    const { document, text } = loadControlDocument(api)
    const serve = serveControl(document, gate, (exchange, { sessionId }) => report(exchange, sessionId))
    return { serve, documentText: text }
  }
  return (req, res, target, id) => {
    loaded ??= load()
    const base = `http://${req.headers.host ?? 'localhost'}`
    return loaded.serve(req, res, target, controlOf(id, { ...whole, base, documentText: loaded.documentText }))
  }
}
