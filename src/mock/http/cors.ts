import type { Operation } from '../../openapi/operation.ts'

/** Headers of every answer, so that a page of any origin may read it (Fetch standard, CORS protocol). */
export function corsHeaders(operations: readonly Operation[]): Readonly<Record<string, string>> {
  const documented = operations.flatMap(({ responses }) => Object.values(responses).flatMap(({ headers }) => headers))
  const exposed = new Set([...documented.map(({ name }) => name), 'Preference-Applied'])
  return { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': [...exposed].join(', ') }
}

/** Headers that answer a preflight of a path with these methods. */
export function preflightHeaders(allow: readonly string[]): Record<string, string> {
  return {
    Allow: allow.join(', '),
    'Access-Control-Allow-Methods': allow.join(', '),
    'Access-Control-Allow-Headers': 'api_key, Content-Type, Accept, Prefer, X-Mock-Session',
    'Access-Control-Max-Age': '600',
  }
}
