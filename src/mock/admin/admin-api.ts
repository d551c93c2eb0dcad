import { ApiError } from '../../openapi/api-error.ts'
import type { ApiDocument } from '../../openapi/document.ts'
import { pointerTo } from '../../openapi/json-pointer.ts'
import { createPipeline, type Pipeline } from '../pipeline.ts'
import type { Exchange } from '../requests/exchange.ts'
import type { Parameters } from '../validation/parameters.ts'
import { validationOf } from '../validation/validation.ts'
import type { AdminContext } from './context.ts'
import { corsFor, type GateOptions, preflightFor, requireAccess } from './gate.ts'
import { callRoute } from './routes.ts'

/** Serves the control plane by its own document, through the same pipeline as the API. */
export function createAdminApi(
  document: ApiDocument,
  gate: GateOptions,
  onExchange: (exchange: Exchange, context: AdminContext) => void,
): Pipeline<AdminContext> {
  return createPipeline<AdminContext>({
    document,
    validation: validationOf(document),
    authenticate: (_operation, request) => requireAccess(request, gate),
    handle: ({ id }, input, context) => {
      requireKnownQuery(input)
      return callRoute(id, input, context)
    },
    headers: (_context, request) => ({ 'Cache-Control': 'no-store', ...corsFor(request, gate) }),
    optionsHeaders: (allow, request) => ({ Allow: allow.join(', '), ...preflightFor(request, allow, gate) }),
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
