import { DocumentError } from './document-error.ts'
import type { JsonObject } from './json-object.ts'
import type { Operation } from './operation.ts'
import { readOperations } from './read-operations.ts'
import { readComponents } from './read-schema.ts'
import type { Schema } from './schema.ts'
import type { Validator } from './validators/validator.ts'

/** The line, from 1, at which each node of a document stands, by JSON Pointer. */
export type LineIndex = ReadonlyMap<string, number>

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
    basePath: new URL(json.servers[0].url).pathname.replace(/\/$/, ''),
    validator: () => {
      validator ??= createValidator(document)
      return validator
    },
  }
  return document
}

type OpenApi = JsonObject & { readonly servers: readonly [{ readonly url: string }] }

/** The value as a document; throws a DocumentError if it is none. */
export function requireOpenApi(json: unknown, source: string): OpenApi {
  if (isOpenApi(json)) return json
  throw new DocumentError(`${source} is not an OpenAPI 3.0 document: openapi, servers and paths are needed.`)
}

function readNodes(json: JsonObject, lines: LineIndex, source: string): Pick<ApiDocument, 'operations' | 'schemas'> {
  try {
    return { operations: readOperations(json), schemas: readComponents(json) }
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error
    const line = error.pointer === undefined ? undefined : lines.get(error.pointer)
    throw new DocumentError(`${source}${line === undefined ? '' : `, line ${line}`}: ${error.message}`, error.pointer)
  }
}

function isOpenApi(json: unknown): json is OpenApi {
  const { openapi, paths, servers } = (json ?? {}) as Record<string, unknown>
  const hasServer = Array.isArray(servers) && URL.canParse(String(servers[0]?.url))
  return (
    typeof openapi === 'string' && openapi.startsWith('3.0') && typeof paths === 'object' && paths !== null && hasServer
  )
}
