import { ApiError } from '../../openapi/api-error.ts'
import type { Operation } from '../../openapi/operation.ts'
import { DEFAULTS } from '../defaults.ts'
import type { MockRequest } from '../exchange/request.ts'
import { keyHint } from './key-hint.ts'

/** Refuses a secured operation without an accepted `api_key` header; a key in the query does not count. */
export function authenticate(operation: Operation, request: MockRequest, accepted: readonly string[]): void {
  const key = request.headers.api_key
  if (!operation.secured || (typeof key === 'string' && accepted.includes(key))) return
  const came = key === undefined || key === '' ? 'is missing' : 'is not accepted'
  throw new ApiError(
    401,
    `The api_key header ${came}. Send a key that this server accepts; the default is ${DEFAULTS.apiKey}.${keyHint(request)}`,
    [{ pointer: '/headers/api_key', expected: 'an accepted API key' }],
    { 'WWW-Authenticate': 'api_key realm="Inboxes Developer API", in="header", name="api_key"' },
  )
}
