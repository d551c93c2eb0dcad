import { ApiError } from '../../openapi/api-error.ts'
import type { Operation } from '../../openapi/operation.ts'
import { documentedRefusals } from './documented.ts'

/** Headers that a refusal must have to conform. `Allow` is added by the pipeline, which knows the path's methods. */
const VALUES: Readonly<Record<string, string>> = {
  'WWW-Authenticate': 'api_key realm="Inboxes Developer API", in="header", name="api_key"',
}

/** The refusal with a status that the operation documents, with the headers that it requires; undefined if it documents none. */
export function refuseDocumented(
  operation: Operation,
  status: number,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): ApiError | undefined {
  if (!documentedRefusals(operation).includes(status)) return undefined
  const documented = (operation.responses[status]?.headers ?? []).map(({ name }) => name)
  const given = Object.entries({ ...VALUES, ...headers }).filter(([name]) => documented.includes(name))
  return new ApiError(status, detail, [], Object.fromEntries(given))
}
