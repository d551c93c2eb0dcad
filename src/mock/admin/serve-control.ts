import { ApiError } from '../../openapi/api-error.ts'
import type { ApiDocument } from '../../openapi/document.ts'
import { pointerTo } from '../../openapi/json-pointer.ts'
import { createServe, type Serve } from '../pipeline.ts'
import type { Exchange } from '../requests/exchange.ts'
import { enforcerOf } from '../validation/enforcer.ts'
import type { Parameters } from '../validation/parameters.ts'
import type { Control, ControlInput } from './context.ts'
import { admitToControl, corsFor, type GateOptions, preflightFor } from './gate.ts'
import { ROUTES } from './routes.ts'

/** Serves the control plane by its own document, with the API's own machinery, and leaves the API alone. */
export function serveControl(
  document: ApiDocument,
  gate: GateOptions,
  onExchange: (exchange: Exchange, control: Control) => void,
): Serve<Control> {
  requireRoutes(document)
  return createServe<Control>({
    document,
    enforcer: enforcerOf(document),
    admit: (_operation, req) => admitToControl(req, gate),
    call: ({ id }, input, control) => {
      const handler = ROUTES[id]
      if (handler === undefined) throw new Error(`src/mock/admin/routes.ts has no ${id}.`)
      requireKnownQuery(input)
      return handler(input as ControlInput, control)
    },
    headers: (_control, req) => ({ 'Cache-Control': 'no-store', ...corsFor(req, gate) }),
    preflight: (allow, req) => ({ Allow: allow.join(', '), ...preflightFor(req, allow, gate) }),
    onExchange,
  })
}

/** The API takes parameters that it does not know, as real servers do; here they are mistakes. */
function requireKnownQuery({ unknownQuery }: Pick<Parameters, 'unknownQuery'>): void {
  const [name] = unknownQuery
  if (name === undefined) return
  const violation = { pointer: pointerTo('/query', name), expected: 'absent: there is no such parameter' }
  throw new ApiError(400, `${violation.pointer} must be ${violation.expected}.`, [violation])
}

/** A route that is documented and has no handler stops the start. */
function requireRoutes({ operations }: ApiDocument): void {
  const missing = operations.filter(({ id }) => !(id in ROUTES)).map(({ id }) => id)
  if (missing.length > 0) throw new Error(`src/mock/admin/routes.ts has no handler for ${missing.join(', ')}. Add one.`)
}
