import { ApiError } from '../../openapi/api-error.ts'
import type { ApiDocument } from '../../openapi/document.ts'
import { createMatcher } from '../../openapi/match.ts'
import { nearest } from '../../openapi/nearest.ts'

/** The 404 of a path that the document does not have, with the one that was probably meant. */
export function unknownPath(document: ApiDocument, method: string, path: string): ApiError {
  const { basePath, operations } = document
  const paths = operations.map((operation) => operation.path)
  const suggestion = tidied(document, path) ?? nearestPath(basePath, paths, path)
  const hint = suggestion
    ? `Did you mean ${suggestion}?`
    : (elsewhere(document, method, path) ??
      `Paths start with ${basePath}, such as ${basePath}${paths.find((one) => !one.includes('{')) ?? '/'}.`)
  return new ApiError(404, `There is nothing at ${path}. ${hint}`, [
    { pointer: '/path', expected: 'a path of this API', received: path, ...(suggestion && { suggestion }) },
  ])
}

/** The path without doubled slashes, base paths or encoded slashes, and without one at its end, if that is a path of the API. */
function tidied({ basePath, operations }: ApiDocument, path: string): string | undefined {
  const segments = path.replace(/%2f/gi, '/').split('/').filter(Boolean)
  const base = basePath.split('/').filter(Boolean)
  while (base.length > 0 && base.every((one, index) => segments[index] === one)) segments.splice(0, base.length)
  const tidy = `/${segments.join('/')}`
  const found = createMatcher(operations)('GET', tidy)
  return found.kind !== 'unknown-path' && basePath + tidy !== path ? basePath + tidy : undefined
}

/** This API has its pets where other pet stores do not: the operation that does what was asked for. */
function elsewhere({ basePath, operations }: ApiDocument, method: string, path: string): string | undefined {
  const name = /^\/(\w+)\/?$/.exec(path.startsWith(basePath) ? path.slice(basePath.length) : path)?.[1]
  if (name?.toLowerCase() !== 'pet') return undefined
  const replaces = operations.find(({ id }) => id === 'updatePet')
  if (replaces === undefined) return undefined
  const instead = `${replaces.method} ${basePath}${replaces.path} (${replaces.id}) replaces a pet`
  return method === 'POST' ? `This API has no operation that adds a pet; ${instead}.` : `Here ${instead}.`
}

/** The 405 of a path that does not take the method. */
export function wrongMethod(method: string, path: string, allow: readonly string[]): ApiError {
  const list = allow.join(', ')
  const violation = { pointer: '/method', expected: `one of ${list}`, received: method }
  return new ApiError(405, `${path} does not take ${method}. Use ${list}.`, [violation], { Allow: list })
}

/** Templates are filled with what came in their places; the base path may have been left out. */
function nearestPath(basePath: string, templates: readonly string[], path: string): string | undefined {
  const withBase = path.startsWith(`${basePath}/`) ? path : basePath + path
  const came = withBase.slice(basePath.length).split('/')
  const filled = templates.map((template) =>
    template
      .split('/')
      .map((part, index) => (part.startsWith('{') ? came[index] || part : part))
      .join('/'),
  )
  const near = nearest(came.join('/'), filled)
  return near === undefined ? undefined : basePath + near
}
