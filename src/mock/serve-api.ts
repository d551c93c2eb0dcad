import type { ApiDocument } from '../openapi/document.ts'
import { DocumentError } from '../openapi/document-error.ts'
import { corsHeaders, preflightHeaders } from './http/cors.ts'
import { createHttpDate } from './http-date.ts'
import { callHandler, unhandled } from './operations/index.ts'
import { createServe, type Interferer, type Serve } from './pipeline.ts'
import type { Exchange } from './requests/exchange.ts'
import type { Session } from './sessions/session.ts'
import { authenticate } from './validation/authenticate.ts'
import { enforcerOf } from './validation/enforcer.ts'

/** Serves the Inboxes API on a session. Throws a DocumentError where an operation has no handler. */
export function serveApi(
  document: ApiDocument,
  apiKeys: readonly string[],
  interferer: Interferer<Session>,
  onExchange: (exchange: Exchange, session: Session) => void,
): Serve<Session> {
  requireHandlers(document)
  const cors = corsHeaders(document.operations)
  const dateOf = createHttpDate()
  return createServe<Session>({
    document,
    enforcer: enforcerOf(document),
    admit: (operation, { headers }) => authenticate(operation, headers.api_key, apiKeys),
    interferer,
    call: (operation, input, session) => callHandler(operation.id, input, session),
    headers: ({ clock }) => ({ ...cors, Date: dateOf(clock.now()) }),
    preflight: preflightHeaders,
    onExchange,
  })
}

/** An operation that nobody performs stops the start. */
function requireHandlers({ name, operations }: ApiDocument): void {
  const missing = unhandled(operations.map(({ id }) => id))
  const first = operations.find(({ id }) => missing.includes(id))
  if (first)
    throw new DocumentError(
      `${name}: operation ${first.id} has no handler. Add one to src/mock/operations, beside those of ${first.tag}.`,
    )
}
