import type { DocumentedResponse, Operation, ResponseHeader } from '../../openapi/operation.ts'
import type { Schema } from '../../openapi/schema.ts'

/** Operations whose body is inferred, not published, and is checked all the same if it is JSON. */
const CHECKED_THOUGH_INFERRED: ReadonlySet<string> = new Set(['addDomain'])

/** The first published success, if there is one. */
export const successOf = (operation: Operation): DocumentedResponse | undefined =>
  publishedResponses(operation).find(({ status }) => /^2\d\d$/.test(status))

/** True for the status of the published success. */
export const isPublishedSuccess = (operation: Operation, status: number | undefined): boolean =>
  successOf(operation)?.status === String(status)

/** The media types of the published success; none if its body is not published. */
export function mediaTypesOf(operation: Operation): readonly string[] {
  const response = successOf(operation)
  return response && !response.contentInferred ? Object.keys(response.content) : []
}

/** The schema of a successful body in the media type. */
export function schemaOf(operation: Operation, mediaType: string): Schema | undefined {
  if (CHECKED_THOUGH_INFERRED.has(operation.id)) {
    return mediaType === 'application/json' ? operation.responses['200']?.content[mediaType] : undefined
  }
  return mediaTypesOf(operation).includes(mediaType) ? successOf(operation)?.content[mediaType] : undefined
}

/** The published headers of the success. */
export function headersOf(operation: Operation): readonly ResponseHeader[] {
  return (successOf(operation)?.headers ?? []).filter(({ inferred }) => !inferred)
}

/** Every answer asks for these; they hang on the operation that they belong to. */
const published = new WeakMap<Operation, readonly DocumentedResponse[]>()

/** The published responses, in the order of the document. */
export function publishedResponses(operation: Operation): readonly DocumentedResponse[] {
  const known = published.get(operation) ?? Object.values(operation.responses).filter(({ inferred }) => !inferred)
  published.set(operation, known)
  return known
}

/** "This can only be done by the logged in user", but no way to log in is documented: a 401 or 403 is only noted. */
const LOGGED_IN_ONLY: ReadonlySet<string> = new Set(['createUser', 'updateUser', 'deleteUser', 'logoutUser'])

/** True if the prose allows a 401 or 403, though the document says that no authentication is needed. */
export const mayAskForLogin = (operation: Operation | undefined, status: number): boolean =>
  operation !== undefined && LOGGED_IN_ONLY.has(operation.id) && (status === 401 || status === 403)
