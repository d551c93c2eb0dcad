import type { ApiError } from '../../openapi/api-error.ts'
import type { Operation } from '../../openapi/operation.ts'
import type { Hooks } from '../hooks.ts'
import { isPreflight } from '../http/cors.ts'
import type { Exchange } from '../requests/exchange.ts'
import type { Body } from '../validation/body.ts'
import type { Ignored } from '../validation/ignored.ts'
import type { Parameters } from '../validation/parameters.ts'
import type { MockRequest } from './request.ts'
import type { MockResponse } from './response.ts'

/** Mutable state of one request, reported to the journal when it is done. Steps write to it; none reads it to decide. */
export interface Trace {
  readonly request: MockRequest
  /** Milliseconds of the clock that `performance` has. */
  readonly startedAt: number
  operation?: Operation
  hooks?: Hooks | undefined
  body?: Body
  parameters?: Parameters
  /** Parts of a valid request that the document does not name. */
  ignored?: readonly Ignored[] | undefined
  /** True once the document had nothing against the request. */
  isValid: boolean
  refusal?: ApiError
  /** A mistake of the mock itself. */
  defect?: string
}

/** Starts the trace of a request. */
export const startTrace = (request: MockRequest): Trace => ({
  request,
  startedAt: performance.now(),
  isValid: false,
})

/** Notes a body when it was read. */
export async function noteBody(trace: Trace, reading: Promise<Body>): Promise<Body> {
  trace.body = await reading
  return trace.body
}

const NO_BYTES = new Uint8Array(0)

/** The whole exchange, for the journal and the log. */
export function exchangeOf(trace: Trace, response: MockResponse): Exchange {
  const { request, startedAt, operation, hooks, body, parameters, ignored, isValid, refusal, defect } = trace
  return {
    method: request.method,
    target: request.target,
    requestHeaders: request.headers,
    requestBody: body?.bytes ?? NO_BYTES,
    requestValue: body?.value,
    status: response.status,
    responseHeaders: response.headers,
    responseText: response.body ?? '',
    milliseconds: performance.now() - startedAt,
    violations: refusal?.violations ?? [],
    admitted: isValid,
    unknownQuery: parameters?.unknownQuery ?? [],
    ignored,
    isPreflight: isPreflight(request),
    operationId: operation?.id,
    interference: hooks?.name,
    defect,
    ...hooks?.notes?.(),
  }
}
