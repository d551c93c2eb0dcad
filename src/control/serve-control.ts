import { enforcerOf } from '../enforcement/enforcer.ts'
import type { Exchange } from '../exchange.ts'
import { createServe, type Serve } from '../serving/serve.ts'
import type { ApiDocument } from '../spec/document.ts'
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
      if (handler === undefined) throw new Error(`src/control/routes.ts has no ${id}.`)
      return handler(input as ControlInput, control)
    },
    headers: (_control, req) => ({ 'Cache-Control': 'no-store', ...corsFor(req, gate) }),
    preflight: (allow, req) => ({ Allow: allow.join(', '), ...preflightFor(req, allow, gate) }),
    onExchange,
  })
}

/** A route that is documented and has no handler stops the start. */
function requireRoutes({ operations }: ApiDocument): void {
  const missing = operations.filter(({ id }) => !(id in ROUTES)).map(({ id }) => id)
  if (missing.length > 0) throw new Error(`src/control/routes.ts has no handler for ${missing.join(', ')}. Add one.`)
}
