import type { Operation } from '../../openapi/operation.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH']

/** The methods that a path with these operations does not have. HEAD is there if GET is. */
export const undocumentedMethods = (operations: readonly Operation[]): string[] =>
  METHODS.filter((method) => !operations.some((operation) => operation.method === (method === 'HEAD' ? 'GET' : method)))
