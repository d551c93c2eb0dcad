import { ApiError } from '../../openapi/api-error.ts'
import type { ApiDocument } from '../../openapi/document.ts'
import { nearest } from '../../openapi/nearest.ts'

/** The 404 of a path that the document does not have, with the one that was probably meant. */
export function unknownPath({ basePath, operations }: ApiDocument, path: string): ApiError {
  const paths = operations.map((operation) => operation.path)
  const suggestion = nearestPath(basePath, paths, path)
  const hint = suggestion
    ? `Did you mean ${suggestion}?`
    : `Paths start with ${basePath}, such as ${basePath}${paths.find((one) => !one.includes('{')) ?? '/'}.`
  return new ApiError(404, `There is nothing at ${path}. ${hint}`, [
    { pointer: '/path', expected: 'a path of this API', received: path, ...(suggestion && { suggestion }) },
  ])
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
