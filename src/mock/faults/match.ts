import { isDeepStrictEqual } from 'node:util'
import type { ApiDocument } from '../../openapi/document.ts'
import { valueAt } from '../../openapi/json-pointer.ts'
import { createMatcher } from '../../openapi/match.ts'
import type { Operation } from '../../openapi/operation.ts'
import type { MatchedRequest } from '../matched-request.ts'
import type { RequestHeaders } from '../request.ts'
import type { FaultMatch } from './fault.ts'

/** The operations whose requests a fault may meet. */
export function operationsOf({ operations, basePath }: ApiDocument, match: FaultMatch): Operation[] {
  const { operationId, path } = match
  const method = match.method?.toUpperCase()
  const find = createMatcher(operations)
  const isAt = (operation: Operation, place: string) => {
    const found = place.startsWith(`${basePath}/`) && find(operation.method, place.slice(basePath.length))
    return found && found.kind === 'operation' && found.operation === operation
  }
  return operations.filter(
    (operation) =>
      (operationId === undefined || operation.id === operationId) &&
      (method === undefined || operation.method === method || (method === 'HEAD' && operation.method === 'GET')) &&
      (path === undefined || isAt(operation, path)),
  )
}

/** Whether all holds but what is asked of the body. */
export function matchesHead(match: FaultMatch, { operation, request, target }: MatchedRequest): boolean {
  const { operationId, method, path, headers, query } = match
  if (operationId !== undefined && operationId !== operation.id) return false
  if (method !== undefined && method.toUpperCase() !== request.method) return false
  if (path !== undefined && path !== target.path) return false
  return hasHeaders(headers, request.headers) && hasQuery(query, target.search)
}

function hasHeaders(wanted: FaultMatch['headers'] = {}, came: RequestHeaders): boolean {
  return Object.entries(wanted).every(([name, value]) => String(came[name.toLowerCase()] ?? '') === value)
}

function hasQuery(wanted: FaultMatch['query'] = {}, search: string): boolean {
  const came = new URLSearchParams(search)
  return Object.entries(wanted).every(([name, value]) => came.getAll(name).includes(value))
}

/** Whether the decoded body has what is asked of it. */
export function matchesBody({ body = [] }: FaultMatch, value: unknown): boolean {
  return body.every(({ pointer, equals }) => isDeepStrictEqual(valueAt(value, pointer), equals))
}
