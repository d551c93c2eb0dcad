import { isDeepStrictEqual } from 'node:util'
import { type Answer, isSuccess, mediaTypeOf } from '../../../src/http/answers/answer.ts'
import { findDifference } from '../../../src/http/answers/compare.ts'
import { decodeBody } from '../../../src/http/answers/decode-body.ts'
import { isPublishedSuccess, mediaTypesOf, schemaOf, successOf } from '../../../src/http/answers/published.ts'
import { project } from '../../../src/openapi/codecs/project.ts'
import { isObject } from '../../../src/openapi/json-object.ts'
import type { Operation } from '../../../src/openapi/operation.ts'
import type { Reply } from './player.ts'
import { shownValue } from './shown-value.ts'
import type { Step } from './step.ts'

/** An answer, reduced to the part that the reference, the decisions and HTTP fix. Two right answers have the same. */
export interface Meaning {
  /** The status, or the class of statuses of which any is right. `any` is as right as every answer but a failure. */
  readonly status: string
  readonly mediaType?: string
  readonly headers?: Readonly<Record<string, boolean>>
  readonly value?: unknown
  /** True if the body is the server's own, or may be left out. */
  readonly isBodyOpen?: true
}

/** A reply with its step. */
export interface Given extends Reply {
  readonly step: Step
}

const MOST_BYTES = 50_000_000

/** The rules. The third column of decisions.md is their source unless a line names another. */
export function meaningOf(given: Given, operation: Operation | undefined): Meaning {
  const { step, answer } = given
  if (given.isNameless) return { status: 'any' }
  if (answer === undefined) return { status: 'no answer' }
  if (answer.status >= 500 && answer.status !== 501) return { status: '5XX' }
  if (step.demand === 'open') return { status: 'any' }
  if (step.demand === 'method') return meaningOfOtherMethod(step, answer)
  if (step.demand === 'nothing') return { status: isSuccess({ answer }) ? '2XX' : 'no record' }
  // A refused HEAD is advice.
  if (step.method === 'HEAD' && [405, 501].includes(answer.status)) return { status: 'any' }
  return isSuccess({ answer }) ? meaningOfSuccess(given, answer, operation) : { status: refusalOf(step, answer.status) }
}

/** To many routers `/pet/findByStatus` is a `/pet/{petId}` too, whose operations have a 405 of their own. */
const isOfTemplate = ({ method, path }: Step) => path.startsWith('/pet/findBy') && ['POST', 'DELETE'].includes(method)

/** "A wrong method must not be a 2XX or 5XX"; a 405 names the methods that the path has (RFC 9110, section 15.5.6). */
function meaningOfOtherMethod(step: Step, answer: Answer): Meaning {
  if (answer.status !== 405 || isOfTemplate(step))
    return { status: isSuccess({ answer }) ? '2XX' : 'refused', isBodyOpen: true }
  const allowed = (answer.headers.allow ?? '').split(',').map((name) => name.trim().toUpperCase())
  const named = allowed.filter((name) => ['GET', 'POST', 'PUT', 'DELETE'].includes(name)).sort()
  return { status: 'refused', value: named }
}

/** "401 or 403", "any of 400, 405, 415, 422 refuses", and "400 or 404" for orders. */
function refusalOf({ path }: Step, status: number): string {
  if (status === 401 || status === 403) return 'no key'
  const isRefused = [400, 405, 415, 422].includes(status)
  if (path.startsWith('/store/order/') && (isRefused || status === 404)) return 'no order'
  return isRefused ? 'refused' : String(status)
}

/** "Any 2XX, any body" where the document has no success, and headers and bodies are its own where it has one. */
function meaningOfSuccess(given: Given, answer: Answer, operation: Operation | undefined): Meaning {
  if (operation === undefined) return { status: '2XX' }
  const isPublished = isPublishedSuccess(operation, answer.status)
  const status = successOf(operation) === undefined || isPublished ? '2XX' : String(answer.status)
  const body = given.step.method === 'HEAD' ? {} : bodyOf(given, answer, operation)
  return { status, ...body, ...(operation.id === 'loginUser' && { headers: headersOfLogin(answer) }) }
}

function bodyOf({ step, order }: Given, answer: Answer, operation: Operation): Omit<Meaning, 'status'> {
  const type = mediaTypeOf(answer)
  const schema = schemaOf(operation, type)
  const isAsked = mediaTypesOf(operation).length > 0 && step.wants !== 'either'
  const named = isAsked ? { mediaType: type } : {}
  // "Any 2XX; a JSON body is checked": the document asks for no body, even where it has a schema for one.
  if (schema === undefined) return mediaTypesOf(operation).length > 0 ? { mediaType: type } : { isBodyOpen: true }
  const { value, problems } = decodeBody(answer, type, schema, MOST_BYTES)
  if (problems.length > 0) return { ...named, value: problems.map(({ check, at }) => `${check} ${at}`) }
  return { ...named, value: shownValue(operation.id, project(value, schema), step, order) }
}

const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i

/** "A missing header is a failure, so is a malformed one." Whether a token has run out is not. */
const headersOfLogin = ({ headers }: Answer) => ({
  'X-Rate-Limit': /^[+-]?\d{1,10}$/.test(headers['x-rate-limit'] ?? ''),
  'X-Expires-After': DATE_TIME.test(headers['x-expires-after'] ?? ''),
})

/** The first difference in words; undefined if both answers are right if one is. */
export function differenceOf(one: Meaning, other: Meaning): string | undefined {
  const statuses = [one.status, other.status]
  if (statuses.includes('any') && !statuses.some((status) => ['no answer', '5XX'].includes(status))) return undefined
  if (one.status !== other.status) return `${one.status} became ${other.status}`
  if (one.isBodyOpen || other.isBodyOpen) return undefined
  if (one.mediaType !== other.mediaType) return `${one.mediaType} became ${other.mediaType}`
  if (!isDeepStrictEqual(one.headers, other.headers)) return `headers became ${JSON.stringify(other.headers)}`
  const found = findDifference(one.value, other.value)
  if (found) return `${found.at || 'the body'}: ${found.expected} became ${found.actual}`
  return isObject(one.value) === isObject(other.value) ? undefined : 'the body'
}
