import { readBasePath } from './base-path.ts'
import { DocumentError, locating } from './document-error.ts'
import { isObject, type JsonObject } from './json-object.ts'
import type { LineIndex } from './line-index.ts'
import type { Operation } from './operation.ts'
import { readOperations } from './read-operations.ts'
import { readComponents } from './read-schema.ts'
import type { Schema } from './schema.ts'
import type { Validator } from './validators/validator.ts'

/** The package's own documents: the build compiles their validators. */
export type CompiledName = 'validators' | 'admin-validators'

/** An OpenAPI document, read once. */
export interface ApiDocument {
  /** The whole document as plain JSON. */
  readonly json: JsonObject
  readonly operations: readonly Operation[]
  /** The schemas under `components/schemas`, by name. */
  readonly schemas: Readonly<Record<string, Schema>>
  /** The path of the first server, `/v2`. */
  readonly basePath: string
  readonly lines: LineIndex
  /** The file's name, for messages. */
  readonly name: string
  /** Names the validators that the build compiled for exactly this document; absent for any other. */
  readonly compiled?: CompiledName
  /** Validates requests and replies by this document; it is made at the first call. */
  readonly validator: () => Validator
}

/** A document without the means to validate by it. */
export type DocumentContent = Omit<ApiDocument, 'validator'>

/** Where a document comes from, and how its validator is made. */
export interface DocumentOrigin {
  /** Its path, for messages. */
  readonly source: string
  readonly lines: LineIndex
  readonly createValidator: (document: ApiDocument) => Validator
  readonly compiled?: CompiledName | undefined
}

/** Reads an OpenAPI 3.0 document from its JSON. Throws a DocumentError, with the line, if it cannot be understood. */
export function readDocument(given: unknown, origin: DocumentOrigin): ApiDocument {
  const { source, lines, compiled, createValidator } = origin
  const json = requireOpenApi(given, source)
  let validator: Validator | undefined
  const document: ApiDocument = {
    json,
    lines,
    ...(compiled && { compiled }),
    name: source.split(/[/\\]/).at(-1) ?? source,
    ...readNodes(json, lines, source),
    validator: () => {
      validator ??= createValidator(document)
      return validator
    },
  }
  return document
}

/** The value as a document; throws a DocumentError if it is none. */
export function requireOpenApi(json: unknown, source: string): JsonObject {
  const { openapi, paths } = (json ?? {}) as Record<string, unknown>
  if (isObject(json) && isVersion3(openapi) && isObject(paths)) return json
  if (typeof openapi === 'string' && !isVersion3(openapi))
    throw new DocumentError(`${source} is written in OpenAPI ${openapi}. Convert it to OpenAPI 3.0.`)
  throw new DocumentError(`${source} is not an OpenAPI 3.0 document: openapi: 3.0.3 and paths are needed.`)
}

const isVersion3 = (version: unknown) => typeof version === 'string' && /^3\.0(\.|$)/.test(version)

type Nodes = Pick<ApiDocument, 'operations' | 'schemas' | 'basePath'>

const readNodes = (json: JsonObject, lines: LineIndex, source: string): Nodes =>
  locating(source, lines, () => ({
    operations: readOperations(json),
    schemas: readComponents(json),
    basePath: readBasePath(json),
  }))
