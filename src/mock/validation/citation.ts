import { ApiError, type Violation } from '../../openapi/api-error.ts'
import type { ApiDocument } from '../../openapi/document.ts'
import { type Operation, successOf } from '../../openapi/operation.ts'
import { schemaAt } from './messages.ts'

/** Adds to each violation the line of the document that it breaks: ` (openapi.yaml, line 12)`. */
export function withCitations(
  document: ApiDocument,
  operation: Operation,
  mediaType: string | undefined,
  { status, message, violations, headers }: ApiError,
): ApiError {
  const cited = violations.map((violation) => cite(document, sourceOf(operation, mediaType, violation), violation))
  return new ApiError(status, message, cited, headers)
}

function cite({ lines, name }: ApiDocument, source: string | undefined, violation: Violation): Violation {
  const line = source === undefined ? undefined : lines.get(source)
  return line === undefined ? violation : { ...violation, expected: `${violation.expected} (${name}, line ${line})` }
}

/** The JSON Pointer of the part of the document that governs a place in the request. */
function sourceOf(operation: Operation, mediaType: string | undefined, { pointer }: Violation): string | undefined {
  const { requestBody } = operation
  const elsewhere: Readonly<Record<string, string | undefined>> = {
    '/headers/api_key': `${operation.pointer}/security`,
    '/headers/accept': `${successOf(operation)?.pointer}/content`,
    '/headers/content-type': `${requestBody?.pointer}/content`,
    '/body': requestBody?.pointer,
  }
  const type = mediaType ?? Object.keys(requestBody?.content ?? {})[0]
  return schemaAt(operation, type, pointer)?.pointer ?? elsewhere[pointer]
}
