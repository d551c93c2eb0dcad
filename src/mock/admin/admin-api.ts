import type { Redaction } from '../../http/redaction/redaction.ts'
import type { ApiDocument } from '../../openapi/document.ts'
import { pointerTo } from '../../openapi/json-pointer.ts'
import { nearest } from '../../openapi/nearest.ts'
import type { Parameter } from '../../openapi/operation.ts'
import type { MockRequest } from '../exchange/request.ts'
import { corsOfAny, optionsHeaders } from '../http/cors.ts'
import type { Adapt } from '../next-version/adapt-reply.ts'
import { createPipeline, type Pipeline } from '../pipeline.ts'
import type { Exchange } from '../requests/exchange.ts'
import type { Parameters } from '../validation/parameters.ts'
import { validationOf } from '../validation/validation.ts'
import { refusalOf } from './accept-state.ts'
import type { AdminContext } from './context.ts'
import { corsFor, type GateOptions, preflightFor, requireAccess } from './gate.ts'
import { callRoute } from './routes.ts'
import { withSingleNames } from './single-names.ts'

/** Serves the control plane by its own document, through the same pipeline as the API. */
export function createAdminApi(
  document: ApiDocument,
  gate: GateOptions,
  redaction: Redaction,
  onExchange: (exchange: Exchange, context: AdminContext) => void,
  adapt?: Adapt,
): Pipeline<AdminContext> {
  return createPipeline<AdminContext>({
    document,
    validation: withSingleNames(validationOf(document)),
    ...(adapt && { adapt }),
    redaction,
    authenticate: ({ id }, request) => {
      if (!OPEN_TO_ALL.has(id)) requireAccess(request, gate)
    },
    handle: ({ id, parameters }, input, context) => {
      if (!OPEN_TO_ALL.has(id)) requireKnownQuery(input, parameters)
      return callRoute(id, input, context)
    },
    headers: (_context, request) => ({
      'Cache-Control': 'no-store',
      ...(isOpenPath(request) ? corsOfAny(request.headers) : corsFor(request, gate)),
    }),
    optionsHeaders: (allow, request) => {
      if (isOpenPath(request)) return optionsHeaders(allow, request)
      const preflight = preflightFor(request, allow, gate)
      if (allow.length > 0) return { Allow: allow.join(', '), ...preflight }
      return Object.keys(preflight).length > 0 ? preflight : undefined
    },
    onExchange,
  })
}

/** Wait tools, health checks and pages ask these from anywhere. They tell no state. */
const OPEN_TO_ALL: ReadonlySet<string> = new Set(['getHealth', 'getReady'])

const isOpenPath = ({ target }: MockRequest) => /^\/__admin\/(health|ready)(\?|$)/.test(target)

/** The API takes parameters that it does not know, as real servers do; here they are mistakes. */
function requireKnownQuery({ unknownQuery }: Pick<Parameters, 'unknownQuery'>, parameters: readonly Parameter[]): void {
  const [name] = unknownQuery
  if (name === undefined) return
  const known = parameters.filter((one) => one.in === 'query').map((one) => one.name)
  const suggestion = nearest(name, known)
  const expected = 'absent: there is no such parameter'
  throw refusalOf(400, [
    { pointer: pointerTo('/query', name), expected, ...(suggestion !== undefined && { suggestion }) },
  ])
}
