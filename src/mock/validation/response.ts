import { describe } from '../../openapi/describe.ts'
import { isDateTime } from '../../openapi/formats.ts'
import { type Operation, type ResponseHeader, responseFor } from '../../openapi/operation.ts'
import type { Schema } from '../../openapi/schema.ts'
import type { Reply } from '../exchange/reply.ts'

/** Checks what express-openapi-validator cannot see of a reply. Each finding is a sentence with the place and the rule. */
export function checkEnvelope(operation: Operation, reply: Reply, mediaType: string): string[] {
  const documented = responseFor(operation, reply.status)
  if (documented === undefined) return [`status ${reply.status} is not documented`]
  const ofBody = checkBody(reply, mediaType, Object.keys(documented.content))
  const hasHeaders = documented.headers.length > 0 || reply.headers !== undefined
  return hasHeaders ? [...ofBody, ...checkHeaders(documented.headers, reply)] : ofBody
}

function checkHeaders(documented: readonly ResponseHeader[], { status, headers = {} }: Reply): string[] {
  return [
    ...documented.flatMap((header) => checkHeader(header, headers[header.name])),
    ...Object.keys(headers)
      .filter((name) => !documented.some((header) => header.name === name))
      .map((name) => `header ${name} is not documented for ${status}`),
  ]
}

function checkBody(reply: Reply, mediaType: string, types: readonly string[]): string[] {
  if (types.length === 0) return reply.value === undefined ? [] : [`a body is not documented for ${reply.status}`]
  if (reply.value === undefined) return [`a body is documented for ${reply.status} and missing`]
  return types.includes(mediaType) ? [] : [`media type ${mediaType} is not documented for ${reply.status}`]
}

function checkHeader({ name, required, schema, inferred }: ResponseHeader, value: string | undefined): string[] {
  if (value === undefined) return required || !inferred ? [`header ${name} is missing`] : []
  return wellFormedHeader(schema, value) ? [] : [`header ${name} must be ${describe(schema)}`]
}

/** True if a header's value is one of its schema. */
export function wellFormedHeader({ format, type }: Schema, value: string): boolean {
  const kind = format ?? type
  if (kind === 'int32') return /^-?(0|[1-9][0-9]*)$/.test(value) && Math.abs(Number(value)) < 2 ** 31
  if (kind === 'date-time') return isDateTime(value)
  return true
}

/** A text has no schema to validate, and the validator takes its status for an undocumented one. */
export const describesText = (mediaType: string) => mediaType === 'application/yaml' || mediaType.startsWith('text/')
