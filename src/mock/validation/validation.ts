import type { Violation } from '../../openapi/api-error.ts'
import { isUploadedFile } from '../../openapi/codecs/read-multipart.ts'
import type { ApiDocument } from '../../openapi/document.ts'
import type { Operation } from '../../openapi/operation.ts'
import type { RequestValues } from '../../openapi/validators/validator.ts'
import { isFull } from '../../openapi/violation-limit.ts'
import type { Reply } from '../exchange/reply.ts'
import type { Body } from './body.ts'
import { explainRequest, missingIn, withSuggestions } from './messages.ts'
import type { Parameters } from './parameters.ts'
import { refuse } from './refusal.ts'
import { checkEnvelope, describesText } from './response.ts'
import { checkRules } from './rules.ts'

/** Validates requests and replies by one document. */
export interface Validation {
  /** Rejects with the documented refusal of a request that the document forbids. */
  request(operation: Operation, parameters: Parameters, body: Body): Promise<void>
  /** Rejects with a NonConformingReply if a reply breaks the document. `mediaType` is '' without a body. */
  reply(operation: Operation, reply: Reply, mediaType: string): Promise<void>
}

/** A defect of the mock: the message names operation, place and rule. It never leaves in a response. */
export class NonConformingReply extends Error {
  override readonly name = 'NonConformingReply'
}

/** Compiling validators is slow and depends on the document alone, so mocks of one document share them. */
const compiled = new WeakMap<ApiDocument, Validation>()

/** Validation by express-openapi-validator, and of what it cannot see. The same object for the same document. */
export function validationOf(document: ApiDocument): Validation {
  const validation = compiled.get(document) ?? createValidation(document)
  compiled.set(document, validation)
  return validation
}

function createValidation(document: ApiDocument): Validation {
  const validator = document.validator()
  return {
    request: async (operation, parameters, body) => {
      const values = valuesOf(operation, parameters, body)
      const found = await validator.validateRequest(operation, values)
      const lists = [
        parameters.violations,
        body.violations,
        checkRules(document, operation, values),
        explainRequest(operation, values, found),
      ]
      if (lists.every(({ length }) => length === 0)) return
      const violations = firstByPointer(lists.flat())
      const isOpen = isFull(violations) || lists.some(isFull)
      const missing = missingIn(found, [...parameters.violations, ...body.violations])
      throw refuse(operation, withSuggestions(operation, values, parameters.unknownQuery, violations, document), {
        isOpen,
        missing,
      })
    },
    reply: async (operation, reply, mediaType) => {
      const fail = (faults: readonly string[]) => {
        if (faults.length > 0) throw new NonConformingReply(`${operation.id} ${reply.status}: ${faults.join('; ')}`)
      }
      fail(checkEnvelope(operation, reply, mediaType))
      if (describesText(mediaType)) return
      const found = await validator.validateReply(operation, reply.status, mediaType, reply.value)
      fail(found.map(({ path, message }) => `${path} ${message}`))
    },
  }
}

/** Without a type the validator would call a missing body an unsupported one; any documented type will do. */
function valuesOf({ requestBody }: Operation, { path, query, headers }: Parameters, body: Body): RequestValues {
  const mediaType = body.mediaType ?? (requestBody?.required ? Object.keys(requestBody.content)[0] : undefined)
  const value = mediaType === 'multipart/form-data' ? asDocumented(body.value) : body.value
  return { path, query, headers, body: value, mediaType }
}

/** The document calls a file a string of bytes; the file's name stands in for them. */
function asDocumented(body: unknown): unknown {
  if (body === null || typeof body !== 'object') return body
  return Object.fromEntries(
    Object.entries(body).map(([name, part]) => [name, isUploadedFile(part) ? part.filename : part]),
  )
}

/** The first violation of a place counts: a field that could not be decoded is not also called missing. */
function firstByPointer(violations: readonly Violation[]): readonly Violation[] {
  const first = new Map<string, Violation>()
  for (const violation of violations) if (!first.has(violation.pointer)) first.set(violation.pointer, violation)
  return [...first.values()]
}
