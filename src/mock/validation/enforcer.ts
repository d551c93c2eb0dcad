import type { Violation } from '../../openapi/api-error.ts'
import { isUploadedFile } from '../../openapi/codecs/read-multipart.ts'
import type { ApiDocument } from '../../openapi/document.ts'
import type { Operation } from '../../openapi/operation.ts'
import { validatorOf } from '../../openapi/validators/compiled-validator.ts'
import type { Judgement, RawViolation, RequestValues } from '../../openapi/validators/express-validator.ts'
import type { Reply } from '../reply.ts'
import type { Body } from './body.ts'
import { explainRequest, withSuggestion } from './messages.ts'
import type { Parameters } from './parameters.ts'
import { refuse } from './refusal.ts'
import { judgeEnvelope } from './response.ts'
import { judgeRules } from './rules.ts'

/**
 * Holds requests and replies to the document. What is found at once is thrown at once, and a promise is given only where
 * the validator gives one: to wait for nothing costs more than to judge.
 */
export interface Enforcer {
  /** Throws the documented refusal of a request that the document forbids. */
  enforceRequest(operation: Operation, parameters: Parameters, body: Body): Promise<void> | undefined
  /** Throws a NonConformingReply where a reply breaks the document. `mediaType` is '' without a body. */
  enforceReply(operation: Operation, reply: Reply, mediaType: string): Promise<void> | undefined
}

/** A defect of the mock: the message names operation, place and rule. It never leaves as an answer. */
export class NonConformingReply extends Error {
  override readonly name = 'NonConformingReply'
}

/** Compiling validators is slow and depends on the document alone, so mocks of one document share them. */
const compiled = new WeakMap<ApiDocument, Enforcer>()

/** What express-openapi-validator judges, and what it cannot see, together. The same object for the same document. */
export function enforcerOf(document: ApiDocument): Enforcer {
  const enforcer = compiled.get(document) ?? createEnforcer(document)
  compiled.set(document, enforcer)
  return enforcer
}

function createEnforcer(document: ApiDocument): Enforcer {
  const validator = validatorOf(document)
  return {
    enforceRequest: (operation, parameters, body) => {
      const values = valuesOf(operation, parameters, body)
      return settle(validator.judgeRequest(operation, values), (found) => {
        const violations = firstByPointer([
          ...parameters.violations,
          ...body.violations,
          ...judgeRules(document, operation, values),
          ...explainRequest(operation, values, found),
        ])
        if (violations.length === 0) return
        const { unknownQuery } = parameters
        throw refuse(
          operation,
          violations.map((violation) => withSuggestion(operation, values, unknownQuery, violation)),
        )
      })
    },
    enforceReply: (operation, reply, mediaType) => {
      const fail = (faults: readonly string[]) => {
        if (faults.length > 0) throw new NonConformingReply(`${operation.id} ${reply.status}: ${faults.join('; ')}`)
      }
      fail(judgeEnvelope(operation, reply, mediaType))
      if (isText(mediaType)) return undefined
      return settle(validator.judgeReply(operation, reply.status, mediaType, reply.value), (found) =>
        fail(found.map(({ path, message }) => `${path} ${message}`)),
      )
    },
  }
}

/** Goes on with what was found: now, or once it is. */
function settle(judgement: Judgement, goOn: (found: readonly RawViolation[]) => void): Promise<void> | undefined {
  if (judgement instanceof Promise) return judgement.then(goOn)
  goOn(judgement)
  return undefined
}

/** Text has no value to judge, and the validator takes its status for undocumented. XML has: it is judged before it is written. */
const isText = (mediaType: string) => mediaType === 'application/yaml' || mediaType.startsWith('text/')

/** Without a type the validator would call a missing body an unsupported one; any documented type will do. */
function valuesOf({ requestBody }: Operation, { path, query, headers }: Parameters, body: Body): RequestValues {
  const mediaType = body.mediaType ?? (requestBody?.required ? Object.keys(requestBody.content)[0] : undefined)
  const value = mediaType === 'multipart/form-data' ? asDocumented(body.value) : body.value
  return { path, query, headers, body: value, mediaType }
}

/** To the document a file is a string of bytes; its name stands in for them. */
function asDocumented(body: unknown): unknown {
  if (body === null || typeof body !== 'object') return body
  return Object.fromEntries(
    Object.entries(body).map(([name, part]) => [name, isUploadedFile(part) ? part.filename : part]),
  )
}

/** The first word on a place counts: what could not be decoded is not also called missing. */
function firstByPointer(violations: readonly Violation[]): readonly Violation[] {
  if (violations.length < 2) return violations
  const first = new Map<string, Violation>()
  for (const violation of violations) if (!first.has(violation.pointer)) first.set(violation.pointer, violation)
  return [...first.values()]
}
