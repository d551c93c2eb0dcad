import type { Match } from './handling.ts'
import { OPERATIONS, type Operation } from './operations.ts'

/** Finds the operation of a method and a path; a fixed path wins over a template, HEAD is GET. */
export function matchOperation(method: string, path: string, operations = OPERATIONS): Match {
  const fixed = operations.filter((operation) => operation.path === path)
  const found = fixed.length > 0 ? fixed : operations.filter((operation) => parameterOf(operation, path) !== undefined)
  if (found.length === 0) return {}
  const operation = found.find((candidate) => candidate.method === (method === 'HEAD' ? 'GET' : method))
  return {
    allowed: methodsOf(found),
    ...(operation && { operation, parameter: parameterOf(operation, path) ?? '' }),
  }
}

/** The texts before and after the parameter of a path. */
const around = (path: string) => path.split(/\{\w+\}/)
const AROUND = new Map(OPERATIONS.map(({ path }) => [path, around(path)] as const))

function parameterOf(operation: Operation, path: string): string | undefined {
  const [before = '', after = ''] = AROUND.get(operation.path) ?? around(operation.path)
  if (operation.parameter === undefined || !path.startsWith(before) || !path.endsWith(after)) return undefined
  const raw = path.slice(before.length, path.length - after.length)
  return raw === '' || raw.includes('/') ? undefined : raw
}

function methodsOf(operations: readonly Operation[]): string[] {
  const methods = operations.map(({ method }) => method)
  return [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS']
}
