import { project } from '../../openapi/codecs/project.ts'
import type { Operation, ResponseHeader } from '../../openapi/operation.ts'
import type { Schema } from '../../openapi/schema.ts'
import type { ValueValidator } from '../../openapi/validators/value-validator.ts'
import { type Answer, isSuccess, mediaTypeOf } from './answer.ts'
import { type DecodedBody, decodeBody } from './decode-body.ts'
import type { DecodeProblem } from './decode-problem.ts'
import { withNumbers } from './exact-integers.ts'
import { headersOf, isPublishedSuccess, schemaOf } from './published.ts'
import { type Breach, findBreaches } from './schema-breach.ts'

/** All that is read from an answer. */
export interface Reading {
  /** The body by its media type and the document's schema; undefined if it has none or cannot be read. */
  readonly value: unknown
  /** The problems that decoding the body found. */
  readonly problems: readonly DecodeProblem[]
  /** Where the body breaks its schema; undefined if it has none or cannot be read. */
  readonly bodyBreaches: readonly Breach[] | undefined
  /** Where the documented headers that came break their schemas, by name. */
  readonly headerBreaches: Readonly<Record<string, readonly Breach[]>>
}

/** Decodes the body of a success and holds it, and the headers, to the document. Throws a HugeAnswer if it is too large. */
export async function readAnswer(
  validate: ValueValidator,
  operation: Operation,
  request: { readonly method: string },
  answer: Answer | undefined,
  maxBytes: number,
  onDecoded?: (value: unknown, schema: Schema) => void,
): Promise<Reading> {
  const isRead = answer && isSuccess({ answer }) && request.method === operation.method
  const schema = isRead ? schemaOf(operation, mediaTypeOf(answer)) : undefined
  const decoded =
    answer && schema ? decodeBody(answer, mediaTypeOf(answer), schema, maxBytes) : { value: undefined, problems: [] }
  if (schema) onDecoded?.(decoded.value, schema)
  const bodyBreaches = answer && schema ? await breachesOfBody(validate, operation, schema, answer, decoded) : undefined
  return {
    value: schema ? projected(decoded.value, schema) : decoded.value,
    problems: decoded.problems,
    bodyBreaches,
    headerBreaches:
      answer && isPublishedSuccess(operation, answer.status)
        ? await breachesOfHeaders(validate, headersOf(operation), answer)
        : {},
  }
}

/** Properties that the document does not name are never compared, and never sent back. A list changes in place: it may be long. */
function projected(value: unknown, schema: Schema): unknown {
  const { items } = schema
  if (!Array.isArray(value) || !items) return project(value, schema)
  for (const [index, item] of value.entries()) value[index] = project(item, items)
  return value
}

/** A place that could not be decoded is not also called a breach. */
async function breachesOfBody(
  validate: ValueValidator,
  operation: Operation,
  schema: Schema,
  { bytes, status }: Answer,
  { value, problems }: DecodedBody,
): Promise<Breach[] | undefined> {
  const isUnreadable = value === undefined && problems.length > 0
  if (isUnreadable || (bytes.length === 0 && !isPublishedSuccess(operation, status))) return undefined
  const breaches = await findBreaches(validate, schema, withNumbers(value))
  return breaches.filter(({ at }) => !problems.some((problem) => at !== '' && problem.at === at))
}

async function breachesOfHeaders(
  validate: ValueValidator,
  documented: readonly ResponseHeader[],
  { headers }: Answer,
): Promise<Record<string, readonly Breach[]>> {
  const found: Record<string, readonly Breach[]> = {}
  for (const { name, schema, pointer } of documented) {
    const text = headers[name.toLowerCase()]
    if (text === undefined) continue
    const breaches = await findBreaches(validate, schema, headerValue(text, schema))
    found[name] = name === EXPIRY && breaches.length === 0 ? pastExpiry(text, headers.date, pointer) : breaches
  }
  return found
}

const EXPIRY = 'X-Expires-After'
const DAY_MS = 86_400_000

/**
 * "Date in UTC when token expires": by the server's own clock no token expires before it is given. Clocks and zones may explain
 * a day, no more.
 */
function pastExpiry(text: string, date: string | undefined, pointer: string): Breach[] {
  const isPast = Date.parse(date ?? '') - Date.parse(text) > DAY_MS
  return isPast ? [{ at: '', rule: pointer, expected: `after the answer's Date, ${date}`, actual: text }] : []
}

/** Headers are texts; an integer or a boolean is read as one if it looks like one. */
function headerValue(text: string, { type }: Schema): unknown {
  if (type === 'integer' && /^-?\d+$/.test(text)) return Number(text)
  if (type === 'number' && /^-?\d+(\.\d+)?$/.test(text)) return Number(text)
  return type === 'boolean' && /^(true|false)$/.test(text) ? text === 'true' : text
}
