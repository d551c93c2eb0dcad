import type { Fault } from '../control/types.ts'

/** The requests that a fault meets, in words. */
export function matchText({ match }: Pick<Fault, 'match'>): string {
  const { operationId, method, path, headers, query, body } = match ?? {}
  const parts = [
    ...(operationId === undefined ? [] : [operationId]),
    ...(method === undefined && path === undefined ? [] : [`${method ?? 'any method'} ${path ?? 'any path'}`]),
    ...Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`),
    ...Object.entries(query ?? {}).map(([name, value]) => `${name}=${value}`),
    ...(body ?? []).map(({ pointer, equals }) => `${pointer} is ${JSON.stringify(equals)}`),
  ]
  return parts.join(', ') || 'every request'
}

/** A step in words, such as `status 500, detail "Out of order"`. */
export function stepText({ kind, ...settings }: Fault['steps'][number]): string {
  const words = Object.entries(settings).map(([name, value]) => `${name} ${JSON.stringify(value)}`)
  return [...(kind === 'status' ? [] : [kind]), ...words].join(', ')
}
