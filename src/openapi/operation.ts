import type { operations } from './generated/api.ts'
import type { Schema } from './schema.ts'

export type OperationId = keyof operations
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH'

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  readonly schema: Schema
  readonly pointer: string
}

export interface RequestBody {
  readonly required: boolean
  /** Schemas by media type, in the order of the document. */
  readonly content: Readonly<Record<string, Schema>>
  /** The most bytes, where the document has an `x-max-bytes`. */
  readonly maxBytes?: number
  readonly pointer: string
}

export interface ResponseHeader {
  readonly name: string
  readonly required: boolean
  readonly schema: Schema
  readonly pointer: string
  readonly inferred: boolean
}

export interface DocumentedResponse {
  /** `200`, `405`, … or `default`. */
  readonly status: string
  readonly description: string
  readonly headers: readonly ResponseHeader[]
  /** Schemas by media type; empty where the reply has no body. */
  readonly content: Readonly<Record<string, Schema>>
  /** The values of the named examples of all media types. */
  readonly examples: Readonly<Record<string, unknown>>
  /** True where Inboxes did not publish this status. */
  readonly inferred: boolean
  /** True where the status is published and its body is not. */
  readonly contentInferred: boolean
  readonly pointer: string
}

/** One row of the flat table of operations. */
export interface Operation {
  readonly id: string
  readonly method: Method
  /** The path's template below the base path, such as `/pet/{petId}`. */
  readonly path: string
  readonly tag: string
  readonly summary: string
  readonly parameters: readonly Parameter[]
  readonly requestBody?: RequestBody
  readonly responses: Readonly<Record<string, DocumentedResponse>>
  /** True if the operation needs the `api_key` header. */
  readonly secured: boolean
  readonly pointer: string
}

/** The documented answer for a status: its own, or `default`. */
export function responseFor(operation: Operation, status: number): DocumentedResponse | undefined {
  return operation.responses[String(status)] ?? operation.responses.default
}

/** The documented success: 200, or else the first other 2XX, or else `default`. */
export function successOf({ responses }: Operation): DocumentedResponse | undefined {
  return responses['200'] ?? Object.values(responses).find(({ status }) => status.startsWith('2')) ?? responses.default
}

const types = new WeakMap<Operation, readonly string[]>()

/** The media types of the documented success. */
export function successTypesOf(operation: Operation): readonly string[] {
  const known = types.get(operation) ?? Object.keys(successOf(operation)?.content ?? {})
  types.set(operation, known)
  return known
}
