import type { ApiDocument } from '../../openapi/document.ts'
import { createMatcher } from '../../openapi/match.ts'
import type { Operation } from '../../openapi/operation.ts'
import type { FaultMatch } from './fault.ts'

/** The operations whose requests a fault can match. */
export function possibleOperations({ operations, basePath }: ApiDocument, match: FaultMatch): Operation[] {
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
