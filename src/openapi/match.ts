import type { Method, Operation } from './operation.ts'
import { decodePercent } from './percent-encoding.ts'

/** Where a request's path leads: an operation, a known path without that method, or nowhere. */
export type Match =
  | {
      readonly kind: 'operation'
      readonly operation: Operation
      readonly segments: readonly string[]
      readonly allow: readonly string[]
    }
  | { readonly kind: 'wrong-method'; readonly allow: readonly string[] }
  | { readonly kind: 'unknown-path' }

interface Route {
  readonly template: readonly string[]
  readonly operations: ReadonlyMap<string, Operation>
  readonly allow: readonly string[]
}

/** Finds an operation by method and by path below the base path, as it was sent. HEAD finds what GET finds. */
export type Matcher = (method: string, path: string) => Match

/** Fixed paths win over templates for every method; paths are case-sensitive and a trailing slash is another path. */
export function createMatcher(operations: readonly Operation[]): Matcher {
  const routes = byLength(readRoutes(operations))
  return (method, path) => {
    const segments = path.split('/')
    const sameLength = routes[segments.length]
    if (sameLength === undefined) return { kind: 'unknown-path' }
    const names = path.includes('%') ? segments.map(readable) : segments
    const route = sameLength.find(({ template }) => fits(template, names))
    if (route === undefined) return { kind: 'unknown-path' }
    const operation = route.operations.get(method === 'HEAD' ? 'GET' : method)
    const { allow } = route
    return operation ? { kind: 'operation', operation, segments, allow } : { kind: 'wrong-method', allow }
  }
}

function readRoutes(operations: readonly Operation[]): Route[] {
  const paths = [...new Set(operations.map(({ path }) => path))]
  const routes = paths.map((path) =>
    readRoute(
      path,
      operations.filter((operation) => operation.path === path),
    ),
  )
  return routes.sort((a, b) => parameterCount(a) - parameterCount(b))
}

/** Routes by their number of segments: most requests then try two or three. */
function byLength(routes: readonly Route[]): Route[][] {
  const longest = Math.max(0, ...routes.map(({ template }) => template.length))
  return Array.from({ length: longest + 1 }, (_none, length) =>
    routes.filter(({ template }) => template.length === length),
  )
}

function readRoute(path: string, rows: readonly Operation[]): Route {
  return {
    template: path.split('/'),
    operations: new Map(rows.map((row) => [row.method, row])),
    allow: allowedMethods(rows.map(({ method }) => method)),
  }
}

function allowedMethods(methods: readonly Method[]): string[] {
  return [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS']
}

const isParameter = (segment: string) => segment.startsWith('{')
const parameterCount = ({ template }: Route) => template.filter(isParameter).length

/** Both have the same length. */
function fits(template: readonly string[], names: readonly string[]): boolean {
  return template.every((part, index) => part === names[index] || (isParameter(part) && names[index] !== ''))
}

/** `/user/%6Cogin` is `/user/login` (RFC 3986, section 6.2.2.2). */
const readable = (segment: string): string => decodePercent(segment) ?? segment
