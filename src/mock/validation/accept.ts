import { ApiError } from '../../openapi/api-error.ts'
import { negotiate } from '../../openapi/codecs/negotiate.ts'
import { type Operation, successTypesOf } from '../../openapi/operation.ts'

/** The media type of the 200, or '' if it has no body. Refuses a request that accepts none of them, before any write. */
export function requireAcceptable(operation: Operation, accept: string | undefined): string {
  const offered = successTypesOf(operation)
  if (offered.length === 0) return ''
  const agreed = negotiate(accept, offered)
  if (agreed !== undefined) return agreed
  const violation = { pointer: '/headers/accept', expected: offered.join(' or '), received: accept }
  throw new ApiError(406, `This operation answers with ${offered.join(' or ')}. Accept one of them.`, [violation])
}
