import { type Answer, HugeAnswer, mediaTypeOf } from '../../http/answers/answer.ts'
import { headersOf, isPublishedSuccess, mediaTypesOf, successOf } from '../../http/answers/published.ts'
import { type Reading, readAnswer } from '../../http/answers/read-answer.ts'
import { negotiate } from '../../openapi/codecs/negotiate.ts'
import { unknownMembers } from '../../openapi/codecs/project.ts'
import type { ApiDocument } from '../../openapi/document.ts'
import type { Operation } from '../../openapi/operation.ts'
import { valueValidatorOf } from '../../openapi/validators/value-validator.ts'
import type { UpstreamViolation } from '../requests/exchange.ts'

/** A place where an answer breaks the document, with the JSON Pointer of the rule. */
export interface Found extends UpstreamViolation {
  readonly rule: string
}

/** The content of an answer, and its violations. */
export interface CheckedAnswer extends Reading {
  /** The JSON Pointers of properties that the document does not name; the first of many. */
  readonly unknown: readonly string[]
  readonly violations: readonly Found[]
}

/** The request of an answer. */
export interface AskedFor {
  readonly method: string
  readonly accept: string | undefined
  /** True if the document has nothing against the request. */
  readonly isValid: boolean
}

/** Reads an answer by the document and says where it breaks it. */
export async function checkAnswer(
  document: ApiDocument,
  operation: Operation,
  asked: AskedFor,
  answer: Answer,
  maxBytes: number,
): Promise<CheckedAnswer> {
  let unknown: readonly string[] = []
  let reading: Reading
  try {
    reading = await readAnswer(valueValidatorOf(document), operation, asked, answer, maxBytes, (value, schema) => {
      unknown = unknownMembers(value, schema)
    })
  } catch (error) {
    if (!(error instanceof HugeAnswer)) throw error
    return { ...UNREAD, unknown, violations: [withLine(document, tooMuch(operation, error.message))] }
  }
  const isWhole = asked.method === operation.method
  const found = isWhole
    ? [
        ...ofMediaType(operation, asked, answer),
        ...ofBody(operation, answer, reading),
        ...ofHeaders(operation, answer, reading),
      ]
    : []
  return { ...reading, unknown, violations: found.map((one) => withLine(document, one)) }
}

const UNREAD: Reading = { value: undefined, problems: [], bodyBreaches: undefined, headerBreaches: {} }

const tooMuch = (operation: Operation, received: string): Found => ({
  pointer: '/body',
  expected: 'no more than can be read',
  received,
  rule: `${successOf(operation)?.pointer}/content`,
})

function withLine({ lines }: ApiDocument, found: Found): Found {
  const line = lines.get(found.rule)
  return line === undefined ? found : { ...found, line }
}

/** A documented body must have a documented media type, and one that was asked for. */
function ofMediaType(operation: Operation, { accept, isValid }: AskedFor, answer: Answer): Found[] {
  const types = mediaTypesOf(operation)
  const type = mediaTypeOf(answer)
  const place = { pointer: '/headers/content-type', rule: `${successOf(operation)?.pointer}/content` }
  const isPossible = negotiate(accept, types) !== undefined
  if (types.length === 0) return []
  if (answer.status === 406 && isValid && isPossible)
    return [
      { ...place, pointer: '/status', expected: `a body in ${types.join(' or ')}, as Accept asks for`, received: 406 },
    ]
  if (!isPublishedSuccess(operation, answer.status)) return []
  if (!types.includes(type)) return [{ ...place, expected: types.join(' or '), received: type || 'no Content-Type' }]
  if (!isPossible || negotiate(accept, [type]) !== undefined) return []
  return [{ ...place, expected: `a type that Accept: ${accept} takes`, received: type }]
}

function ofBody(operation: Operation, answer: Answer, { problems, bodyBreaches = [] }: Reading): Found[] {
  if (!isPublishedSuccess(operation, answer.status) && problems.length > 0) return []
  const content = `${successOf(operation)?.pointer}/content`
  return [
    ...problems.map(({ at, expected, actual }) => ({
      pointer: `/body${at}`,
      expected,
      received: actual,
      rule: content,
    })),
    ...bodyBreaches.map(({ at, rule, expected, actual }) => ({
      pointer: `/body${at}`,
      expected,
      received: actual,
      rule,
    })),
  ]
}

function ofHeaders(operation: Operation, answer: Answer, { headerBreaches }: Reading): Found[] {
  if (!isPublishedSuccess(operation, answer.status)) return []
  return headersOf(operation).flatMap(({ name, pointer }) => {
    const at = { pointer: `/headers/${name}` }
    const text = answer.headers[name.toLowerCase()]
    if (text === undefined) return [{ ...at, expected: 'there', received: 'no such header', rule: pointer }]
    return (headerBreaches[name] ?? []).map(({ expected, rule }) => ({ ...at, expected, received: text, rule }))
  })
}
